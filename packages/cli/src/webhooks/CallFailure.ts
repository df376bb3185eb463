/**
 * Why a call of a running service came to nothing, and whether it may have been done all the same.
 */
import * as Data from "effect/Data"
import * as Schema from "effect/Schema"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { callerVariables } from "./callerVariables.ts"

/** The service refused, or did not say what came of the call. */
export class CallFailure extends Data.TaggedError("CallFailure")<{
  readonly exit: ExitCode
  /** What is the case, as a clause. */
  readonly what: string
  /** Whether the call may be repeated, where that is not plain. */
  readonly hint?: string
  /** Asking again later may help: the service is busy, or not there. */
  readonly isPassing: boolean
  /** How long the service asks to be left alone. */
  readonly retryAfterMs?: number
}> {
  override get message(): string {
    return this.hint === undefined ? this.what : `${this.what}; ${this.hint}`
  }
}

/** What waiting does not help. */
export const failed = (exit: ExitCode, what: string): CallFailure => new CallFailure({ exit, what, isPassing: false })

/** What was answered. */
export interface Answer {
  readonly status: number
  /** The text of the answer read as JSON; absent if it is none. */
  readonly json?: unknown
  readonly retryAfter: string | null
}

// The service says seconds, of which no more than some days are believed.
const waitOf = (retryAfter: string | null): { readonly retryAfterMs?: number } =>
  retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? { retryAfterMs: Number(retryAfter) * 1_000 } : {}

const passing = (exit: ExitCode, what: string, retryAfter: string | null): CallFailure =>
  new CallFailure({ exit, what, isPassing: true, ...waitOf(retryAfter) })

/** Nobody said what came of the call. One that may have changed something must not be repeated blindly. */
export const unanswered = (
  what: string,
  { mayHaveHappened, retryAfter = null }: { readonly mayHaveHappened: boolean; readonly retryAfter?: string | null }
): CallFailure =>
  new CallFailure({
    exit: mayHaveHappened ? exitCodes.unclear : exitCodes.unreachable,
    what,
    hint: mayHaveHappened ? "it may have been done: look before repeating" : "repeating is safe",
    isPassing: true,
    ...waitOf(retryAfter)
  })

const Problem = Schema.Struct({
  code: Schema.String,
  detail: Schema.String,
  errors: Schema.optionalKey(Schema.Array(Schema.Struct({ path: Schema.String, message: Schema.String })))
})

const decodeProblem = Schema.decodeUnknownOption(Problem)

/** The only fault of which the service is sure that nothing was done. */
const doneNothing = "provider-unavailable"

// Of a proxy, or of another server altogether.
const foreign = ({ retryAfter, status }: Answer, isReading: boolean): CallFailure => {
  const what = `the address of the service answered with status ${status}, not in docdata's words`
  if (status >= 300 && status < 400) {
    return failed(
      exitCodes.badInput,
      `the address of the service leads elsewhere (status ${status}): name the last one`
    )
  }
  if (status < 300 || status >= 500) return unanswered(what, { mayHaveHappened: !isReading, retryAfter })
  return status === 429
    ? passing(exitCodes.unreachable, what, retryAfter)
    : failed(exitCodes.unreachable, `${what}: is the address right?`)
}

/** An answer that is none: no success, or nothing that a service of docdata could have said. */
export const refusal = (answer: Answer, isReading: boolean): CallFailure => {
  const { json, retryAfter, status } = answer
  const problem = decodeProblem(json)
  if (problem._tag === "None") return foreign(answer, isReading)
  const { code, detail, errors = [] } = problem.value
  if (code === "unauthorized") {
    return failed(exitCodes.commandFailed, `the service does not know the key in ${callerVariables.key}`)
  }
  const words = `${code}: ${detail}${errors.map(({ message, path }) => `; ${path}: ${message}`).join("")}`
  if (code === doneNothing) return passing(exitCodes.unreachable, words, retryAfter)
  if (status >= 500) return unanswered(words, { mayHaveHappened: !isReading, retryAfter })
  if (status === 429) return passing(exitCodes.commandFailed, words, retryAfter)
  return failed(status === 400 ? exitCodes.badInput : exitCodes.commandFailed, words)
}
