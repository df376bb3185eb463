/**
 * Why a file could not be opened or read, in words.
 */
import type { InputViolation } from "./InputViolation.ts"

const sentences: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a directory, not a file",
  ENOTDIR: "a part of the path is not a directory",
  EACCES: "permission to read it is denied",
  EPERM: "permission to read it is denied",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "too many links lead to it",
  EMFILE: "too many files are open"
}

const systemError = /^E[A-Z0-9]+$/

/** What went wrong while opening or reading, in words. Anything but an error of the system is a defect and thrown on. */
export const readProblem = (source: string, error: unknown): InputViolation => {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (!systemError.test(code)) throw error
  return { source, sentence: sentences[code] ?? `it cannot be read (${code})` }
}
