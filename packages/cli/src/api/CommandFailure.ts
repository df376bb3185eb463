/**
 * Why a command ends without having done what was asked.
 */
import * as Data from "effect/Data"
import { type ExitCode, exitCodes } from "../ExitCode.ts"

export class CommandFailure extends Data.TaggedError("CommandFailure")<{
  readonly exit: ExitCode
  /** A clause for standard error; it holds no personal data. */
  readonly message: string
  /** The code of the problem that the API answered with. */
  readonly code?: string
  /** True: the service is busy or away, and asking again later may help. */
  readonly isPassing?: boolean
  /** How long the service asks to be left alone. */
  readonly retryAfterMs?: number
}> {}

/** The command line or an input is wrong. */
export const badInput = (message: string): CommandFailure => new CommandFailure({ exit: exitCodes.badInput, message })

/** Not possible now, and nothing was done. */
export const notPossible = (message: string): CommandFailure =>
  new CommandFailure({ exit: exitCodes.commandFailed, message })
