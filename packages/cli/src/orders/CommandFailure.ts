/**
 * Why a command ends without having done what was asked, when no use case says so.
 */
import * as Data from "effect/Data"
import type { ExitCode } from "../ExitCode.ts"

/** `message` is a clause for standard error; it holds no personal data. */
export class CommandFailure
  extends Data.TaggedError("CommandFailure")<{ readonly exit: ExitCode; readonly message: string }>
{}
