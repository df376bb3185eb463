/**
 * What goes on behind the requests: looking at notified orders, delivering events, looking at orders nobody notified,
 * giving up creations nobody waits for.
 */
import {
  BackgroundWork,
  recheckOrders,
  recheckPollMs,
  relayEvents,
  settleReservations,
  workInbox
} from "@docdata/application"
import * as Effect from "effect/Effect"

/** Notifications wake their worker; this finds what a crash or a pause left behind. */
const inboxPollMs = 500
/** Nobody wakes the relay, so this is the most that an event waits before its first delivery. */
const outboxPollMs = 200

const recheckRound = Effect.gen(function*() {
  yield* settleReservations()
  return yield* recheckOrders()
})

/** Begins all of it; it ends with the scope. Rounds that fail are reported and repeated. */
export const backgroundWork = Effect.gen(function*() {
  const { run } = yield* BackgroundWork
  yield* Effect.forkScoped(run("inbox", { round: Effect.orDie(workInbox()), pollMs: inboxPollMs }))
  yield* Effect.forkScoped(run("outbox", { round: Effect.orDie(relayEvents()), pollMs: outboxPollMs }))
  yield* Effect.forkScoped(run("recheck", { round: Effect.orDie(recheckRound), pollMs: recheckPollMs }))
})
