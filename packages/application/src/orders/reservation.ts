/**
 * The reservation of an order: the intent to create it, with a lease that its process renews while it waits for Docdata.
 * Others who hold the same idempotency key wait for it, and take over when its process is gone.
 */
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import {
  type AbandonReason,
  GatewayFailure,
  type GatewayFailureReason,
  type OrderCursor,
  type OrderNotFound,
  OrderStore,
  pageSizeMax,
  type StoredOrder,
  type StoreFailure
} from "../ports/index.ts"

/**
 * How long a process that creates an order may be silent before it is taken for dead: a shopper who tries again after a
 * crash waits no longer, and a store that is slow for some seconds costs nobody a lease.
 */
export const reservationLeaseMs = 10_000
/** Twice more may a renewal come late or fail. */
const renewEveryMs = 3_000
/** A call to Docdata ends after 30 s; whoever waits for another one's call then knows what came of it. */
export const creationWaitMaxMs = 35_000
const pollMs = 100

// What an order's id begins with. The store keeps nothing of the request but this: an order of a recurring series may
// have been charged at creation, so that nobody may give it up unseen.
const ordinary = "ord"
const inSeries = "rec"
/** What the id of an order begins with. */
export const idPrefixOf = ({ recurringReference }: { readonly recurringReference?: string }): string =>
  recurringReference === undefined ? ordinary : inSeries
/** Whether the order begins a recurring series. */
export const isInSeries = ({ id }: StoredOrder): boolean => id.startsWith(`${inSeries}_`)

/**
 * An earlier try under this key did not come to an end. `isUnderWay`: its process is alive. Next: repeat. Otherwise it
 * begins a recurring series, and Docdata, which was asked, never answered. Next: look at Docdata's back office.
 */
export class CreateUnfinished extends Data.TaggedError("CreateUnfinished")<{
  readonly orderId: string
  readonly isUnderWay: boolean
}> {
  override get message(): string {
    return this.isUnderWay
      ? `order ${this.orderId} is still being created`
      : `the creation of order ${this.orderId}, which begins a series, was never answered`
  }
}

/** What came of a try to create an order. */
export type CreateEnd =
  | { readonly _tag: "Confirmed"; readonly order: StoredOrder }
  | { readonly _tag: "Failed"; readonly failure: GatewayFailure }
  /** Nobody is left to say; the key is free. */
  | { readonly _tag: "CreatorDied" }

const endOf = ({ abandonedBecause = { _tag: "CreatorDied" } }: StoredOrder): CreateEnd =>
  abandonedBecause._tag === "CreatorDied"
    ? abandonedBecause
    : { _tag: "Failed", failure: new GatewayFailure({ operation: "create", reason: abandonedBecause }) }

/** Waits for what another call under the same key is doing, no longer than `untilMs`. */
export const awaitEnd = Effect.fnUntraced(function*(
  reserved: StoredOrder,
  untilMs: number
): Effect.fn.Return<CreateEnd, CreateUnfinished | OrderNotFound | StoreFailure, OrderStore> {
  const store = yield* OrderStore
  let order = reserved
  for (;;) {
    switch (order.registration) {
      case "confirmed":
        return { _tag: "Confirmed", order }
      case "abandoned":
        return endOf(order)
      case "reserved": {
        const nowMs = yield* Clock.currentTimeMillis
        const isUnderWay = order.leaseUntilMs > nowMs
        if (!isUnderWay && !isInSeries(order)) {
          order = yield* store.abandon(order.id, { _tag: "CreatorDied" })
          continue
        }
        if (!isUnderWay || nowMs >= untilMs) return yield* new CreateUnfinished({ orderId: order.id, isUnderWay })
        yield* Effect.sleep(pollMs)
        order = (yield* store.read({ by: "id", id: order.id })).order
      }
    }
  }
})

// The provider's own texts may name people, and nothing is decided by them.
const withoutTexts = (reason: GatewayFailureReason): GatewayFailureReason => {
  switch (reason._tag) {
    case "Rejected": {
      const [first, ...others] = reason.errors
      return { ...reason, errors: [{ ...first, message: "" }, ...others.map(({ code }) => ({ code, message: "" }))] }
    }
    case "Fault":
      return { ...reason, message: "" }
    case "RefusedBeforeSending":
    case "Unsupported":
    case "UnreadableReply":
    case "TransportFailure":
      return reason
  }
}

/** Why the attempt failed, as it is stored. */
export const abandonReasonOf = ({ reason }: GatewayFailure): AbandonReason => withoutTexts(reason)

/** Runs the creation while its lease is renewed. */
export const underLease = <A, E, R>(
  { id: orderId }: StoredOrder,
  creation: Effect.Effect<A, E, R>
): Effect.Effect<A, E, R | OrderStore> =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    // What one renewal misses the next one makes good, or another process takes over; both are safe.
    const renewal = Effect.gen(function*() {
      yield* Effect.sleep(renewEveryMs)
      yield* store.renew({ orderId, leaseUntilMs: (yield* Clock.currentTimeMillis) + reservationLeaseMs })
    })
    const renewing = yield* Effect.forkChild(Effect.interruptible(Effect.forever(Effect.ignore(renewal))))
    return yield* Effect.ensuring(creation, Fiber.interrupt(renewing))
  })

/**
 * Abandons reservations whose lease is over: their process died. Those of a recurring series stay, because they may have
 * been charged: a person looks at Docdata's back office and confirms or abandons them in the store. Answers how many were
 * abandoned. Safe to repeat.
 */
export const abandonStaleReservations = Effect.fnUntraced(function*() {
  const store = yield* OrderStore
  const nowMs = yield* Clock.currentTimeMillis
  let count = 0
  let after: OrderCursor | undefined
  // Those that stay must not hide what comes behind them.
  for (;;) {
    const orders = yield* store.staleReservations({ nowMs, limit: pageSizeMax, ...(after && { after }) })
    const given = orders.filter((order) => !isInSeries(order))
    yield* Effect.forEach(given, ({ id }) => store.abandon(id, { _tag: "CreatorDied" }), { discard: true })
    count += given.length
    after = orders.at(-1)
    if (after === undefined) return count
  }
})
