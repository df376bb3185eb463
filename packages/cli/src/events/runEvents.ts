/**
 * The work of `docdata events tail` and `docdata events replay`.
 */
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import type { Api } from "../api/Api.ts"
import { failureOf } from "../api/failureOf.ts"
import { isJson, writeLines } from "../api/output.ts"
import { runApi, type Runner } from "../api/runApi.ts"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { eventText, feedEnd, feedFilter, positionAfter } from "./feed.ts"

const readEveryMs = 500
const pageSizeMax = 200

const tail = Effect.fnUntraced(function*(api: Api, runner: Runner) {
  const { given, path, shell } = runner
  const typed = yield* positionAfter("after", given)
  const filter = yield* feedFilter(api, given)
  let after = typed ?? (yield* feedEnd(api))
  for (;;) {
    const { events, more, next } = yield* api.events.list({ query: { ...filter, after, limit: pageSizeMax } })
    yield* writeLines(shell, events.map((event) => isJson(runner) ? JSON.stringify(event) : eventText(event)))
    after = next
    if (more) continue
    if (given.switches.has("once")) {
      shell.complain(`${path}: go on with --after ${after}`)
      return
    }
    shell.progress?.(`waiting after ${after}; Ctrl-C ends it`)
    yield* Effect.sleep(readEveryMs)
  }
})

/** Prints events until somebody ends it; resolves with the exit code. */
export const runTail = (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata events tail", given, shell }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      yield* Effect.raceFirst(tail(api, runner), Effect.promise(() => shell.interrupted()))
      shell.progress?.("")
      return exitCodes.done
    }))
}

/** Delivers one event again; false if the endpoint does not receive it. */
const redelivered = (api: Api, params: { readonly endpointId: string; readonly eventId: string }) =>
  api["webhook-deliveries"].redeliver({ params }).pipe(
    Effect.as(true),
    Effect.catch((failure) => {
      const known = failureOf(failure)
      return known.code === "delivery-not-found" ? Effect.succeed(false) : Effect.fail(known)
    })
  )

const replay = Effect.fnUntraced(function*(api: Api, endpointId: string, runner: Runner) {
  const { given, shell } = runner
  // An endpoint that does not exist is refused also when no event fits.
  yield* api["webhook-endpoints"].read({ params: { endpointId } })
  const filter = yield* feedFilter(api, given)
  const until = (yield* positionAfter("until", given)) ?? Infinity
  let after = (yield* positionAfter("after", given)) ?? 0
  let count = 0
  while (after < until) {
    // One at a time where there is an end: the position that is answered is then that of the event.
    const limit = until === Infinity ? pageSizeMax : 1
    const { events, more, next } = yield* api.events.list({ query: { ...filter, after, limit } })
    if (next > until) break
    for (const event of events) {
      if (!(yield* redelivered(api, { endpointId, eventId: event.id }))) continue
      count++
      if (isJson(runner)) yield* writeLines(shell, [JSON.stringify(event)])
    }
    shell.progress?.(`${count} events`)
    after = next
    if (!more) break
  }
  return count
})

/** Opens the deliveries again and says how many; resolves with the exit code. */
export const runReplayEvents = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner: Runner = { path: "docdata events replay", given, shell }
  const endpoint = given.values.get("endpoint")
  if (endpoint === undefined) return badUsage(shell, runner.path, "--endpoint is missing")
  if (!given.values.has("after") && !given.values.has("order")) {
    return badUsage(shell, runner.path, "say which events: --after POSITION, --order ORDER or both")
  }
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const count = yield* replay(api, endpoint, runner)
      shell.progress?.("")
      const summary = `${count} ${count === 1 ? "event is" : "events are"} delivered to ${printable(endpoint)} again`
      if (isJson(runner)) shell.complain(`${runner.path}: ${summary}`)
      else yield* writeLines(shell, [summary])
      return exitCodes.done
    }))
}
