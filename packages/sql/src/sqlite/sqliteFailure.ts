/**
 * What went wrong in SQLite, and whether something may have been written.
 */
import { StoreFailure } from "@docdata/application"

// Primary result codes; the extended ones carry them in their lowest eight bits.
const busy = 5
const locked = 6

const errorCode = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined
  return typeof error.errcode === "number" ? error.errcode : undefined
}

/** True if another connection is in the way: nothing was written, also when it is met by a COMMIT. */
export const isBusy = (error: unknown): boolean => {
  const primary = (errorCode(error) ?? 0) & 0xff
  return primary === busy || primary === locked
}

/**
 * A failure of the driver as the ports know it. What is no failure of the database (a bug in a script) stays what it
 * is: the caller lets it die.
 */
export const sqliteFailure = (operation: string, error: unknown): StoreFailure | undefined => {
  const code = errorCode(error)
  return code === undefined
    ? undefined
    : new StoreFailure({ operation, retryable: isBusy(error), code: `SQLITE_${code}` })
}
