/**
 * What a call of the API fails with, as the end of a command.
 */
import { problemCatalogue, type ProblemCode } from "@docdata/contract"
import { printable } from "@docdata/service/text"
import { callerVariables } from "@docdata/service/settings"
import * as HttpClientError from "effect/http/HttpClientError"
import * as Schema from "effect/Schema"
import { exitCodes } from "../ExitCode.ts"
import { schemaSentence } from "../input/decodeJson.ts"
import { CommandFailure } from "./CommandFailure.ts"

const Problem = Schema.Struct({
  code: Schema.String,
  detail: Schema.String,
  nextStep: Schema.optionalKey(Schema.String),
  retryable: Schema.optionalKey(Schema.Boolean),
  errors: Schema.optionalKey(Schema.Array(Schema.Struct({ path: Schema.String, message: Schema.String })))
})

const decodeProblem = Schema.decodeUnknownOption(Problem)

/** What the API answered instead of a success. */
export interface Refusal {
  readonly isReading: boolean
  readonly status: number
  /** The body as JSON; absent if it is none. */
  readonly json?: unknown
  readonly retryAfter: string | undefined
}

const isKnown = (code: string): code is ProblemCode => Object.hasOwn(problemCatalogue, code)

// The service says seconds, of which no more than some days are believed.
const waitOf = (retryAfter: string | undefined): { readonly retryAfterMs?: number } =>
  retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? { retryAfterMs: Number(retryAfter) * 1_000 } : {}

const repeatingIsSafe = "repeating is safe"
const refreshFirst = "it may have been done: look before repeating"

/** Nobody said what came of the call. */
const unanswered = (what: string, { isReading, retryAfter }: Pick<Refusal, "isReading" | "retryAfter">) =>
  new CommandFailure({
    exit: isReading ? exitCodes.unreachable : exitCodes.unclear,
    message: `${what}; ${isReading ? repeatingIsSafe : refreshFirst}`,
    isPassing: true,
    ...waitOf(retryAfter)
  })

/** An answer of a proxy, or of another server altogether. */
const foreign = (refusal: Refusal): CommandFailure => {
  const { status } = refusal
  if (status >= 300 && status < 400) {
    return new CommandFailure({
      exit: exitCodes.badInput,
      message: `the address of the service leads elsewhere (status ${status}): name the last one`
    })
  }
  const what = `the address of the service answered with status ${status}, and no problem of its API`
  if (status >= 500) return unanswered(what, refusal)
  return new CommandFailure({
    exit: exitCodes.unreachable,
    message: status === 429 ? what : `${what}: is the address right?`,
    isPassing: status === 429,
    ...waitOf(refusal.retryAfter)
  })
}

/** An answer that is no success. */
export const refusalFailure = (refusal: Refusal): CommandFailure => {
  const found = decodeProblem(refusal.json)
  if (found._tag === "None") return foreign(refusal)
  const { code, detail, errors = [], nextStep = "", retryable = false } = found.value
  if (code === "unauthorized") {
    const message = `the service does not know the key in ${callerVariables.key}`
    return new CommandFailure({ exit: exitCodes.commandFailed, code, message })
  }
  // A newer service may know more codes.
  if (!isKnown(code) && refusal.status >= 500) return unanswered(`${code}: ${printable(detail)}`, refusal)
  return new CommandFailure({
    exit: isKnown(code) ? problemCatalogue[code].exit : exitCodes.commandFailed,
    code,
    message: [
      `${code}: ${detail}`,
      ...errors.map(({ message, path }) => path === "" ? message : `${path}: ${message}`),
      nextStep
    ]
      .filter((part) => part !== "").map(printable).join("; "),
    isPassing: retryable,
    ...waitOf(refusal.retryAfter)
  })
}

/** The answer is a success that the contract does not describe. */
export const misfitFailure = (isReading: boolean): CommandFailure => {
  const what = "the service answered something else than its API says; are the versions equal?"
  return isReading
    ? new CommandFailure({ exit: exitCodes.unfinished, message: what })
    : unanswered(what, { isReading, retryAfter: undefined })
}

// Without a connection nothing was sent.
const unconnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"])

const codeOf = (error: unknown): string => {
  const { cause, name } = error as Error & { readonly cause?: { readonly code?: unknown; readonly message?: string } }
  // A port that fetch refuses has no code, only words.
  return typeof cause?.code === "string" ? cause.code : cause?.message ?? name
}

const transportFailure = ({ reason }: HttpClientError.HttpClientError): CommandFailure => {
  const code = codeOf(reason.cause ?? reason)
  const isSafe = reason.request.method === "GET" || unconnected.has(code)
  return unanswered(`no answer of the service (${code})`, { isReading: isSafe, retryAfter: undefined })
}

/** Whatever a call fails with. Anything else is a defect, and thrown. */
export const failureOf = (failure: unknown): CommandFailure => {
  if (failure instanceof CommandFailure) return failure
  if (failure instanceof HttpClientError.HttpClientError) return transportFailure(failure)
  // Answers are decoded before they come here: it is the request that does not fit the contract.
  if (Schema.isSchemaError(failure)) {
    return new CommandFailure({ exit: exitCodes.badInput, message: schemaSentence(failure) })
  }
  throw failure
}
