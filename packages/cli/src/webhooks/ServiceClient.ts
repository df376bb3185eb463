/**
 * A running service, spoken to over its REST API.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { type Answer, type CallFailure, failed, refusal, unanswered } from "./CallFailure.ts"
import { callerVariables } from "./callerVariables.ts"

const serviceDefault = "http://127.0.0.1:8080"

/** Longer than the service waits for the receiver of a test message. */
const timeoutMs = 30_000

// Without a connection nothing was sent.
const unconnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"])

const codeOf = (error: unknown): string => {
  const { cause, name } = error as Error & { readonly cause?: { readonly code?: unknown; readonly message?: string } }
  // A port that fetch refuses has no code, only words.
  return typeof cause?.code === "string" ? cause.code : cause?.message ?? name
}

export interface ServiceClient {
  /** `line` is method and path, `GET /v1/webhook-endpoints`; the answer is what the schema says, or the call failed. */
  readonly call: <A>(
    line: string,
    answer: Schema.ConstraintDecoder<A>,
    body?: unknown
  ) => Effect.Effect<A, CallFailure>
}

// Absent: no JSON.
const jsonOf = (text: string): { readonly json?: unknown } => {
  if (text === "") return { json: undefined }
  try {
    return { json: JSON.parse(text) }
  } catch {
    return {}
  }
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
          redirect: "manual",
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
          ...(body === undefined ? {} : { body: JSON.stringify(body) })
        })
        const { headers, status } = response
        return { status, retryAfter: headers.get("retry-after"), ...jsonOf(await response.text()) }
      },
      catch: (error) => {
        const code = codeOf(error)
        const mayHaveHappened = !isReading && !unconnected.has(code)
        return unanswered(`no answer of the service (${code})`, { mayHaveHappened })
      }
    })
    if (answered.status >= 300 || !("json" in answered)) return yield* refusal(answered, isReading)
    const other = "the service answered something else than its API says; are the versions equal?"
    return yield* Effect.mapError(
      Schema.decodeUnknownEffect(answer)(answered.json),
      () => isReading ? failed(exitCodes.unfinished, other) : unanswered(other, { mayHaveHappened: true })
    )
  })
})

/** The service that flag and environment name. Fails when there is no key, or the address is none. */
export const serviceClient = (
  { values }: Given,
  { environment }: Shell
): Effect.Effect<ServiceClient, CallFailure> =>
  Effect.suspend(() => {
    const origin = values.get("service") ?? environment[callerVariables.service] ?? serviceDefault
    const key = environment[callerVariables.key] ?? ""
    if (key === "") {
      return failed(
        exitCodes.badInput,
        `${callerVariables.key} is missing: a key of the service, see docdata keys create`
      )
    }
    // Quotes and line ends that came along with it would not pass as a header.
    if (!/^[\x21-\x7e]+$/.test(key)) {
      return failed(exitCodes.badInput, `${callerVariables.key} is no key: keys have no blanks and no line ends`)
    }
    if (!/^https?:$/.test(URL.parse(origin)?.protocol ?? "")) {
      return failed(exitCodes.badInput, `the address of the service is no http(s) address such as ${serviceDefault}`)
    }
    return Effect.succeed(client(origin, key))
  })

/** Runs a command's work and says in one line why it failed. */
export const endingWith = (
  path: string,
  shell: Shell,
  work: Effect.Effect<ExitCode, CallFailure>
): Promise<ExitCode> =>
  Effect.runPromise(
    Effect.catchTag(work, "CallFailure", ({ exit, message }) =>
      Effect.sync(() => {
        shell.complain(`${path}: ${message}`)
        return exit
      }))
  )
