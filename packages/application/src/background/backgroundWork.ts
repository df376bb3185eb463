/**
 * What goes on behind the requests: refreshing notified orders, delivering events, refreshing orders nobody notified,
 * giving up creations nobody waits for, and measuring how much waits.
 */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { relayEvents } from "../delivery/relayEvents.ts"
import { workInbox } from "../notification/workInbox.ts"
import { countFromZero } from "../observability/counts.ts"
import { measureBacklogs, measureEveryMs } from "../observability/measureBacklogs.ts"
import { BackgroundWork } from "../ports/BackgroundWork.ts"
import { EventSink } from "../ports/EventSink.ts"
import { Merchants } from "../ports/Merchants.ts"
import { refreshDueOrders, refreshPollMs } from "../schedule/refreshDueOrders.ts"
import { abandonStaleReservations } from "../useCases/createOrder.ts"

/** Notifications wake their worker; this finds what a crash or a pause left behind. */
const inboxPollMs = 500
/** Changes wake the relay; this finds what another process stored, and what is to be tried again. */
const outboxPollMs = 500

const refreshRound = Effect.gen(function*() {
  yield* abandonStaleReservations()
  return yield* refreshDueOrders()
})

// With every round again: accounts and subscribers may be added meanwhile.
const countable = Effect.gen(function*() {
  const accounts = yield* (yield* Merchants).all()
  const subscribers = yield* (yield* EventSink).subscribers()
  yield* countFromZero({ merchants: accounts.map(({ name }) => name), subscribers })
})

const measuring = Effect.andThen(countable, measureBacklogs()).pipe(
  Effect.catchCause((cause) => Effect.logWarning("what waits could not be measured", cause)),
  Effect.repeat(Schedule.spaced(measureEveryMs))
)

/** Begins all of it; it ends with the scope. Rounds that fail are reported and repeated. */
export const backgroundWork = Effect.gen(function*() {
  const { run } = yield* BackgroundWork
  yield* Effect.forkScoped(run("inbox", { round: Effect.orDie(workInbox()), pollMs: inboxPollMs }))
  yield* Effect.forkScoped(run("outbox", { round: Effect.orDie(relayEvents()), pollMs: outboxPollMs }))
  yield* Effect.forkScoped(run("schedule", { round: Effect.orDie(refreshRound), pollMs: refreshPollMs }))
  yield* Effect.forkScoped(measuring)
})
