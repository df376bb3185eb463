/**
 * The work of `docdata events replay`: events are delivered to a subscriber again, with the ids they had.
 */
import { EventFeed, EventSink, Outbox, type StoredEvent, subscribersOf } from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { CommandFailure } from "../orders/CommandFailure.ts"
import { type Runner, runOnOrders } from "../orders/runOnOrders.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { eventLine } from "./eventText.ts"
import { feedQuestion, positionAfter } from "./feedQuestion.ts"

const path = "docdata events replay"

// What a subscriber must not receive, it does not receive now either.
const subscriberOf = Effect.fnUntraced(function*(subscriber: string, { merchant, payload }: StoredEvent) {
  const subscribersFor = yield* (yield* EventSink).subscribersFor(merchant)
  return subscribersOf(payload, subscribersFor).find(({ name }) => name === subscriber)
})

const replay = Effect.fnUntraced(function*(subscriber: string, { given, shell }: Runner) {
  const feed = yield* EventFeed
  const outbox = yield* Outbox
  const question = yield* feedQuestion(given)
  const until = (yield* positionAfter("until", given)) ?? Infinity
  let after = (yield* positionAfter("after", given)) ?? 0
  let count = 0
  for (;;) {
    const { entries, more, next } = yield* feed.read({ ...question, after })
    const notBeforeMs = yield* Clock.currentTimeMillis
    for (const entry of entries) {
      if (entry.feedPosition > until) return count
      const receiver = yield* subscriberOf(subscriber, entry.event)
      if (receiver === undefined) continue
      const { name, ...kind } = receiver
      yield* outbox.redeliver({ ...kind, subscriber: name, eventId: entry.event.id, notBeforeMs })
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
  const subscriber = values.get("subscriber")
  if (subscriber === undefined) return badUsage(shell, path, "--subscriber is missing")
  if (!values.has("after") && !values.has("order")) {
    return badUsage(shell, path, "say which events: --after PLACE, --order ORDER or both")
  }
  const runner: Runner = { path, given, shell }
  return runOnOrders(runner, () =>
    Effect.gen(function*() {
      const subscribers = yield* (yield* EventSink).subscribers()
      if (!subscribers.includes(subscriber)) {
        const known = subscribers.length === 0 ? "there is none" : `there are ${subscribers.map(printable).join(", ")}`
        return yield* new CommandFailure({
          exit: exitCodes.commandFailed,
          message: `no subscriber has this name: ${known}`
        })
      }
      const count = yield* replay(subscriber, runner)
      shell.progress?.("")
      const summary = `${count} ${count === 1 ? "event is" : "events are"} delivered to ${printable(subscriber)} again`
      if (switches.has("json")) shell.complain(`${path}: ${summary}`)
      else yield* Effect.promise(() => shell.write(`${summary}\n`))
      return exitCodes.done
    }))
}
