/**
 * The work of `docdata events replay`: events are delivered to a consumer again, with the ids they had.
 */
import { EventFeed, EventSink, hearersOf, Outbox, type StoredEvent } from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { NotDone } from "../orders/NotDone.ts"
import { type Runner, runOnOrders } from "../orders/runOnOrders.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "@docdata/service/text"
import { eventLine } from "./eventText.ts"
import { feedQuestion, placeAfter } from "./feedQuestion.ts"

const path = "docdata events replay"

// What a consumer must not hear of, it does not hear of now either.
const hearerOf = Effect.fnUntraced(function*(consumer: string, { merchant, news }: StoredEvent) {
  const audience = yield* (yield* EventSink).audience(merchant)
  return hearersOf(news, audience).find(({ name }) => name === consumer)
})

const replay = Effect.fnUntraced(function*(consumer: string, { given, shell }: Runner) {
  const feed = yield* EventFeed
  const outbox = yield* Outbox
  const question = yield* feedQuestion(given)
  const until = (yield* placeAfter("until", given)) ?? Infinity
  let after = (yield* placeAfter("after", given)) ?? 0
  let count = 0
  for (;;) {
    const { entries, more, next } = yield* feed.read({ ...question, after })
    const notBeforeMs = yield* Clock.currentTimeMillis
    for (const entry of entries) {
      if (entry.place > until) return count
      const hearer = yield* hearerOf(consumer, entry.event)
      if (hearer === undefined) continue
      const { name, ...kind } = hearer
      yield* outbox.redeliver({ ...kind, consumer: name, eventId: entry.event.id, notBeforeMs })
      count++
      if (given.switches.has("json")) yield* Effect.promise(() => shell.write(`${eventLine(entry, true)}\n`))
    }
    shell.progress?.(`${count} events`)
    after = next
    if (!more || after >= until) return count
  }
})

/** Opens the deliveries again and says how many; resolves with the exit code. */
export const runReplayEvents = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const { switches, values } = given
  const consumer = values.get("consumer")
  if (consumer === undefined) return badUsage(shell, path, "--consumer is missing")
  if (!values.has("after") && !values.has("order")) {
    return badUsage(shell, path, "say which events: --after PLACE, --order ORDER or both")
  }
  const runner: Runner = { path, given, shell }
  return runOnOrders(runner, () =>
    Effect.gen(function*() {
      const consumers = yield* (yield* EventSink).consumers()
      if (!consumers.includes(consumer)) {
        const known = consumers.length === 0 ? "there is none" : `there are ${consumers.map(printable).join(", ")}`
        return yield* new NotDone({ exit: exitCodes.notDone, message: `no consumer has this name: ${known}` })
      }
      const count = yield* replay(consumer, runner)
      shell.progress?.("")
      const summary = `${count} ${count === 1 ? "event is" : "events are"} delivered to ${printable(consumer)} again`
      if (switches.has("json")) shell.complain(`${path}: ${summary}`)
      else yield* Effect.promise(() => shell.write(`${summary}\n`))
      return exitCodes.done
    }))
}
