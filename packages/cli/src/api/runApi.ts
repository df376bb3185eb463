/**
 * Runs the work of a command on the REST API: of a service at some address, or of one in this process on the stores of
 * the settings, which lives as long as the command.
 */
import type { OpenFailure } from "@docdata/service"
import { callerVariables, readCommandPlan, readSettings } from "@docdata/service/settings"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { toStandardError } from "../observability/toStandardError.ts"
import { settingsFlag } from "../settings/settingsFlag.ts"
import { sourcesFor } from "../settings/sourcesFor.ts"
import type { Shell } from "../Shell.ts"
import type { Api } from "./Api.ts"
import { badInput, CommandFailure } from "./CommandFailure.ts"
import { type Connection, withApi } from "./connectApi.ts"
import { failureOf } from "./failureOf.ts"

/** Who runs: the command, `docdata orders list`, what was typed after it, and its view of the world. */
export interface Runner {
  readonly path: string
  readonly given: Given
  readonly shell: Shell
}

/** Work of a command; it resolves with the exit code. */
export type Work = (api: Api) => Effect.Effect<ExitCode, unknown>

/** Longer than the service takes for any request. */
const timeoutMs = 40_000

/** The address that was typed or that the environment names; none if the settings are meant. */
const addressOf = ({ values }: Given, { environment }: Shell): string | undefined =>
  values.get("url") ?? (values.has(settingsFlag.name) ? undefined : environment[callerVariables.service] || undefined)

const overHttp = (origin: string, { environment }: Shell): Effect.Effect<Connection, CommandFailure> => {
  const key = environment[callerVariables.key] ?? ""
  if (key === "") {
    return Effect.fail(badInput(`${callerVariables.key} is missing: a key of the service, see docdata keys create`))
  }
  // Quotes and line ends that came along with it would not pass as a header.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return Effect.fail(badInput(`${callerVariables.key} is no key: keys have no blanks and no line ends`))
  }
  if (!/^https?:$/.test(URL.parse(origin)?.protocol ?? "")) {
    return Effect.fail(badInput("the address of the service is no http(s) address such as http://127.0.0.1:8080"))
  }
  const fetching: typeof fetch = (input, init) =>
    fetch(input, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init?.signal ? [init.signal] : [])])
    })
  return Effect.succeed({ origin: origin.replace(/\/$/, ""), key, fetchOf: () => Effect.succeed(fetching) })
}

const notOpened = ({ _tag, message }: OpenFailure): CommandFailure =>
  new CommandFailure({ exit: _tag === "StoreFailure" ? exitCodes.unfinished : exitCodes.badInput, message })

/** Opens the service for the scope, with a key that only this process knows. */
const inThisProcess = Effect.fnUntraced(function*(
  { given, shell }: Runner
): Effect.fn.Return<Connection, CommandFailure, Scope.Scope> {
  const plan = yield* sourcesFor(given, shell).pipe(
    Effect.flatMap((sources) => readSettings(sources, readCommandPlan)),
    Effect.mapError(({ found }) => badInput(found.join("\n")))
  )
  const { openInProcess } = yield* Effect.promise(() => import("@docdata/service/in-process"))
  const { handlerOf, key } = yield* Effect.mapError(openInProcess(plan), notOpened)
  return {
    origin: "http://localhost",
    key,
    fetchOf: (group) =>
      Effect.map(
        Effect.mapError(handlerOf(group), notOpened),
        (handler) => (input, init) => handler(new Request(input, init))
      )
  }
})

const connected = (runner: Runner): Effect.Effect<Connection, CommandFailure, Scope.Scope> => {
  const address = addressOf(runner.given, runner.shell)
  return address === undefined ? inThisProcess(runner) : overHttp(address, runner.shell)
}

/** Says in a line or several why the command failed. */
const complain = ({ path, shell }: Runner, { exit, message }: CommandFailure): ExitCode => {
  shell.progress?.("")
  for (const line of message.split("\n")) shell.complain(`${path}: ${line}`)
  return exit
}

/** Connects, works, and resolves with the exit code. */
export const runApi = (runner: Runner, work: Work): Promise<ExitCode> =>
  connected(runner).pipe(
    Effect.flatMap((connection) => withApi(connection, (api) => Effect.mapError(work(api), failureOf))),
    Effect.catch((failure) => Effect.sync(() => complain(runner, failure))),
    Effect.scoped,
    Effect.provide(toStandardError(runner.shell)),
    Effect.runPromise
  )
