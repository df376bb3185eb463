/**
 * What went wrong in SQLite, and whether something may have been written.
 */
import { StoreFailure } from "@docdata/application"

// Primary result codes; the extended ones carry them in their lowest eight bits.
const busy = 5
const locked = 6

/** What primary result codes mean to whoever runs the service, and what to do. */
const meanings: ReadonlyMap<number, string> = new Map([
  [busy, "another process holds the lock: try again, or end the one that hangs"],
  [locked, "another connection holds the lock: try again"],
  [8, "it cannot be written: check the rights of the file and its folder, and whether the disk is mounted read-only"],
  [10, "the disk failed: check the disk and the log of the system"],
  [11, "the file is damaged: restore it from a backup"],
  [13, "the disk is full: make room"],
  [14, "it cannot be opened: check the path, and the rights of the file and its folder"],
  [26, "it is no SQLite database: check the path, or restore it from a backup"]
])

const errorCode = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined
  return typeof error.errcode === "number" ? error.errcode : undefined
}

/** True if another connection is in the way: nothing was written, also when it is met by a COMMIT. */
export const isBusy = (error: unknown): boolean => {
  const primary = (errorCode(error) ?? 0) & 0xff
  return primary === busy || primary === locked
}

// The connection may go on failing when its cause is gone: it cannot write, its disk failed, or its log cannot be opened.
const ofConnection = new Set([8, 10, 14])

/** True if the connection has to be replaced by a new one. */
export const isOfConnection = (error: unknown): boolean => ofConnection.has((errorCode(error) ?? 0) & 0xff)

/**
 * A failure of the driver as the ports know it. What is no failure of the database (a bug in a script) stays what it
 * is: the caller lets it die.
 */
export const sqliteFailure = (operation: string, error: unknown, file: string): StoreFailure | undefined => {
  const code = errorCode(error)
  if (code === undefined) return undefined
  const meaning = meanings.get(code & 0xff)
  const explanation = meaning === undefined ? file : `${file}: ${meaning}`
  return new StoreFailure({ operation, retryable: isBusy(error), code: `SQLITE_${code}`, explanation })
}

/** The open file was deleted or replaced: an answered write would be in no file that anybody finds again. */
export const fileReplaced = (operation: string, file: string): StoreFailure =>
  new StoreFailure({
    operation,
    retryable: true,
    code: "file-replaced",
    explanation: `${file}: it was deleted or replaced while the service runs: put it back and restart the service`
  })
