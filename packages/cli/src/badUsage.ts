/**
 * Refuses a command line.
 */
import { type ExitCode, exitCodes } from "./ExitCode.ts"
import type { Shell } from "./Shell.ts"

/** One line that says what is wrong with it and where the help is. `path` is the command: `docdata orders list`. */
export const badUsage = (shell: Shell, path: string, clause: string): ExitCode => {
  shell.complain(`${path}: ${clause}; see ${path} --help`)
  return exitCodes.badInput
}
