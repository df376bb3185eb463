/** The code of what the system refused, such as `EACCES`. */
export const systemCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "unknown"
