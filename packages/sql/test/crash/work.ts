/**
 * What twenty workers of one process do at once: notify, look, capture and deliver, until the process is killed.
 */
import { createHash } from "node:crypto"
import { Inbox, type OrderNotFound, OrderStore, Outbox, type StoreFailure } from "@docdata/application"
import { claimFor, delivered } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { say } from "./journal.ts"
import { captureLimitMinor, changeOf, orderCount, subscribers } from "./orders.ts"

/** Where the run stands: names have to be fresh after every restart, and time has to be later than every lease. */
export interface Turn {
  readonly number: number
}

const leaseMs = 10
// One turn's claims are over in the next, whose clock stands later.
const turnMs = 1_000

const numberBelow = (end: number) => Random.nextIntBetween(0, end - 1)

let names = 0
const freshName = ({ number }: Turn): string => `${number}-${++names}`

const notify = (turn: Turn) =>
  Effect.gen(function*() {
    const reference = `R${yield* numberBelow(orderCount)}`
    const received = {
      id: `n-${freshName(turn)}`,
      merchant: "shop",
      orderReference: reference,
      receivedAtMs: turn.number * turnMs
    }
    yield* (yield* Inbox).receive(received)
    say({ kind: "notified", reference })
  })

/** Looks until the change is stored: a lost race is read again and decided again. */
const refresh = (orderReference: string) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const number = yield* numberBelow(100_000)
    for (;;) {
      const snapshot = yield* store.read({ by: "order-reference", merchant: "shop", orderReference })
      const change = changeOf(snapshot, number)
      const committed = yield* Effect.catchTag(store.commit(change), "Outdated", () => Effect.succeed(undefined))
      if (committed === undefined) continue
      const { events, revision } = committed
      say({ kind: "committed", orderId: snapshot.order.id, revision, events: events.length })
      return
    }
  })

const handle = (turn: Turn) =>
  Effect.gen(function*() {
    const inbox = yield* Inbox
    const nowMs = turn.number * turnMs
    const request = { merchant: "shop", nowMs, leaseUntilMs: nowMs + leaseMs, limit: 3, claim: freshName(turn) }
    for (const item of yield* inbox.claim(request)) {
      // Retried later at the first try and never later, so that no item that was handled is ever folded into another.
      if (item.attempts === 1 && item.notificationCount % 4 === 0) {
        yield* inbox.retryLater(item, nowMs)
        continue
      }
      yield* refresh(item.orderReference)
      say({ kind: "handled", id: item.id, reference: item.orderReference, count: item.notificationCount })
      if (!(yield* inbox.acknowledge(item))) say({ kind: "wrong", what: `the claim of ${item.id} ended by itself` })
    }
  })

const capture = (turn: Turn) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const orderId = `order-${yield* numberBelow(orderCount)}`
    const reference = `c-${freshName(turn)}`
    const atMs = turn.number * turnMs
    const request = {
      orderId,
      kind: "capture",
      reference,
      paymentId: "100",
      amountMinor: 100,
      currency: "EUR",
      state: "intended",
      requestedAtMs: atMs,
      changedAtMs: atMs
    } as const
    const intended = yield* Effect.catchTag(
      store.intend(request, captureLimitMinor),
      "ModificationTooLarge",
      () => Effect.succeed(undefined)
    )
    if (intended === undefined) return
    say({ kind: "intended", orderId, reference })
    // One in two fails and no longer counts towards the limit, so that the limit is not reached once and for all.
    const cause = (yield* numberBelow(2)) === 0 ? "reported-failed" : "taken"
    const resolved = yield* store.resolve({ orderId, kind: "capture", reference, cause, atMs })
    if (resolved) say({ kind: "settled", orderId, reference })
    else say({ kind: "wrong", what: `modification ${reference} was not as it was stored` })
  })

const deliver = (turn: Turn) =>
  Effect.gen(function*() {
    const outbox = yield* Outbox
    const nowMs = turn.number * turnMs
    const subscriber = subscribers[yield* numberBelow(subscribers.length)]!
    const request = { subscriber, nowMs, leaseUntilMs: nowMs + leaseMs, limit: 5, claim: freshName(turn) }
    for (const delivery of yield* claimFor(outbox, request)) {
      const { id } = delivery.event
      const bytes = createHash("sha256").update(JSON.stringify(delivery.event)).digest("hex").slice(0, 16)
      say({ kind: "handed", subscriber, id, bytes })
      if (yield* delivered(outbox, { subscriber, eventId: id, claim: delivery.claim }, nowMs)) {
        say({ kind: "delivered", subscriber, id })
      } else say({ kind: "wrong", what: `the claim of ${id} for ${subscriber} ended by itself` })
    }
  })

const report = ({ code, operation, retryable }: StoreFailure): void =>
  say({ kind: "failed", operation, code, retryable })

type Job = (turn: Turn) => Effect.Effect<void, StoreFailure | OrderNotFound, Inbox | OrderStore | Outbox>

const jobs: ReadonlyArray<Job> = [notify, handle, capture, deliver]

/** For ever. A failing store is reported and asked again: that is what a process does whose database is restarted. */
export const work = (turn: Turn, workers: number) =>
  Effect.forEach(
    Array.from({ length: workers }, (_, index) => jobs[index % jobs.length]!),
    (job) =>
      job(turn).pipe(
        Effect.catchTags({
          StoreFailure: (failure) => Effect.sync(() => report(failure)),
          OrderNotFound: ({ message }) => Effect.sync(() => say({ kind: "wrong", what: message }))
        }),
        Effect.andThen(Effect.yieldNow),
        Effect.forever
      ),
    { concurrency: "unbounded", discard: true }
  )
