import { Backlogs, Inbox, type OrderStore, Outbox } from "@docdata/application"
import { eventId } from "@docdata/domain"
import { deadLetter, delivered } from "../deliveryEnds.ts"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers } from "../expectations.ts"
import { claimIds, note } from "../inbox/items.ts"
import { claim as claimDeliveries, named, publish, published } from "../outbox/deliveries.ts"
import { confirmed, startMs } from "../sample.ts"

export const measuring: Group<Backlogs | Inbox | OrderStore | Outbox> = {
  title: "measure",
  cases: [
    specify(
      "nothing waits in empty stores",
      Effect.gen(function*() {
        const backlogs = yield* Backlogs
        yield* answers(backlogs.inbox(), { open: 0, deadLettered: 0 })
        yield* answers(backlogs.outbox("mail"), { open: 0, deadLettered: 0 })
        yield* answers(backlogs.refreshes({ merchant: "shop", nowMs: startMs }), { open: 0 })
      })
    ),
    specify(
      "notifications wait until they are acknowledged, the oldest by its first reception; dead-lettered ones are apart",
      Effect.gen(function*() {
        const inbox = yield* Inbox
        const backlogs = yield* Backlogs
        yield* inbox.receive(note("n1", "R1", 10))
        yield* inbox.receive(note("n2", "R2", 20))
        yield* inbox.receive(note("n3", "R1", 30))
        yield* claimIds(40, "c", 1)
        yield* answers(backlogs.inbox(), { open: 2, deadLettered: 0, oldestAtMs: startMs + 10 })
        yield* inbox.deadLetter({ id: "n1", claim: "c" }, { reason: "x", atMs: startMs + 50 })
        yield* answers(backlogs.inbox(), { open: 1, deadLettered: 1, oldestAtMs: startMs + 20 })
        yield* claimIds(60, "d", 1)
        yield* inbox.acknowledge({ id: "n2", claim: "d" })
        yield* answers(backlogs.inbox(), { open: 0, deadLettered: 1 })
      })
    ),
    specify(
      "deliveries of a subscriber wait until they are delivered, those behind an earlier one of their order as well",
      Effect.gen(function*() {
        const outbox = yield* Outbox
        const backlogs = yield* Backlogs
        yield* publish(yield* published(1, 10), 20)
        yield* published(2, 30)
        yield* claimDeliveries(40, "c", 1)
        yield* answers(backlogs.outbox("mail"), { open: 3, deadLettered: 0, oldestAtMs: startMs + 10 })
        yield* answers(backlogs.outbox("books"), { open: 0, deadLettered: 0 })
        yield* deadLetter(outbox, named(eventId("order-1", 2, 0), "c"), { reason: "x", atMs: startMs + 50 })
        yield* answers(backlogs.outbox("mail"), { open: 2, deadLettered: 1, oldestAtMs: startMs + 20 })
        yield* claimDeliveries(60, "d", 1)
        yield* delivered(outbox, named(eventId("order-1", 3, 0), "d"), startMs + 60)
        yield* answers(backlogs.outbox("mail"), { open: 1, deadLettered: 1, oldestAtMs: startMs + 30 })
      })
    ),
    specify(
      "checks of a merchant count from the instant they are due",
      Effect.gen(function*() {
        const backlogs = yield* Backlogs
        yield* confirmed(1, { nextRefreshAtMs: startMs + 100 })
        yield* confirmed(2, { nextRefreshAtMs: startMs + 50 })
        yield* confirmed(3)
        yield* confirmed(4, { order: { merchant: "other" }, nextRefreshAtMs: startMs + 10 })
        const due = (afterMs: number) => backlogs.refreshes({ merchant: "shop", nowMs: startMs + afterMs })
        yield* answers(due(49), { open: 0 })
        yield* answers(due(50), { open: 1, oldestAtMs: startMs + 50 })
        yield* answers(due(100), { open: 2, oldestAtMs: startMs + 50 })
      })
    )
  ]
}
