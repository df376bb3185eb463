/**
 * Brings a file or a folder to the disk: whoever loses power afterwards still finds it.
 */
import { closeSync, fsyncSync, openSync } from "node:fs"

export const syncToDisk = (path: string): void => {
  const open = openSync(path, "r")
  try {
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}
