/**
 * A running service, spoken to over its REST API.
 */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { callerVariables } from "./callerVariables.ts"

const serviceDefault = "http://127.0.0.1:8080"

/** Longer than the service waits for the receiver of a test message. */
const timeoutMs = 30_000

/** The service refused, or there was no answer. */
export class CallFailed extends Data.TaggedError("CallFailed")<{
  readonly exit: ExitCode
  readonly message: string
  /** Asking again later may help: the service is busy, or not there. */
  readonly isPassing: boolean
  /** How long the service asks to be left alone. */
  readonly retryAfterMs?: number
}> {}

const failed = (exit: ExitCode, message: string): CallFailed => new CallFailed({ exit, message, isPassing: false })

const passing = (exit: ExitCode, message: string, retryAfter?: string | null): CallFailed =>
  new CallFailed({
    exit,
    message,
    isPassing: true,
    // The service says seconds, of which no more than a week is believed.
    ...(/^\d{1,6}$/.test(retryAfter ?? "") ? { retryAfterMs: Number(retryAfter) * 1_000 } : {})
  })

const Problem = Schema.Struct({
  code: Schema.String,
  detail: Schema.String,
  errors: Schema.optionalKey(Schema.Array(Schema.Struct({ path: Schema.String, message: Schema.String })))
})

const decodeProblem = Schema.decodeUnknownOption(Problem)

/** What was answered, read as JSON. */
interface Answer {
  readonly status: number
  readonly json: unknown
  readonly retryAfter: string | null
}

const refusal = ({ json, retryAfter, status }: Answer): CallFailed => {
  const refused = status >= 500 || status === 429 ? passing : failed
  const problem = decodeProblem(json)
  if (problem._tag === "None") {
    return refused(exitCodes.unreachable, `the service answered with status ${status}`, retryAfter)
  }
  const { code, detail, errors = [] } = problem.value
  const fields = errors.map(({ message, path }) => `; ${path}: ${message}`).join("")
  const exit = status === 400 ? exitCodes.badInput : status >= 500 ? exitCodes.unreachable : exitCodes.notDone
  return refused(exit, `${code}: ${detail}${fields}`, retryAfter)
}

// Without a connection nothing was sent.
const unconnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"])

const codeOf = (error: unknown): string => {
  const { cause } = error as { readonly cause?: { readonly code?: unknown } }
  return typeof cause?.code === "string" ? cause.code : (error as Error).name
}

export interface ServiceClient {
  /** `line` is method and path, `GET /v1/webhook-endpoints`; the answer is what the schema says, or the call failed. */
  readonly call: <A>(
    line: string,
    answer: Schema.ConstraintDecoder<A>,
    body?: unknown
  ) => Effect.Effect<A, CallFailed>
}

const answerOf = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  return text === "" ? undefined : JSON.parse(text)
}

const client = (origin: string, key: string): ServiceClient => ({
  call: Effect.fnUntraced(function*(line, answer, body) {
    const [method = "GET", path = ""] = line.split(" ")
    const isReading = method === "GET"
    const answered = yield* Effect.tryPromise({
      try: async (signal): Promise<Answer> => {
        const response = await fetch(new URL(path, origin), {
          method,
          headers: {
            authorization: `Bearer ${key}`,
            ...(body === undefined ? {} : { "content-type": "application/json" })
          },
          redirect: "error",
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
          ...(body === undefined ? {} : { body: JSON.stringify(body) })
        })
        const retryAfter = response.headers.get("retry-after")
        return { status: response.status, json: await answerOf(response), retryAfter }
      },
      catch: (error) => {
        const code = codeOf(error)
        const isSafe = isReading || unconnected.has(code)
        const hint = isSafe ? "repeating is safe" : "look before repeating"
        return passing(
          isSafe ? exitCodes.unreachable : exitCodes.unclear,
          `no answer of the service (${code}); ${hint}`
        )
      }
    })
    if (answered.status >= 300) return yield* refusal(answered)
    return yield* Effect.mapError(
      Schema.decodeUnknownEffect(answer)(answered.json),
      () =>
        failed(exitCodes.unfinished, "the service answered something else than its API says; are the versions equal?")
    )
  })
})

/** The service that flag and environment name. Fails when there is no key, or the address is none. */
export const serviceClient = (
  { values }: Given,
  { environment }: Shell
): Effect.Effect<ServiceClient, CallFailed> =>
  Effect.suspend(() => {
    const origin = values.get("service") ?? environment[callerVariables.service] ?? serviceDefault
    const key = environment[callerVariables.key] ?? ""
    if (key === "") {
      return failed(
        exitCodes.badInput,
        `${callerVariables.key} is missing: a key of the service, see docdata keys create`
      )
    }
    if (!/^https?:$/.test(URL.parse(origin)?.protocol ?? "")) {
      return failed(exitCodes.badInput, "the address of the service is no http(s) address")
    }
    return Effect.succeed(client(origin, key))
  })

/** Runs a command's work and says in one line why it failed. */
export const endingWith = (
  path: string,
  shell: Shell,
  work: Effect.Effect<ExitCode, CallFailed>
): Promise<ExitCode> =>
  Effect.runPromise(
    Effect.catchTag(work, "CallFailed", ({ exit, message }) =>
      Effect.sync(() => {
        shell.complain(`${path}: ${message}`)
        return exit
      }))
  )
