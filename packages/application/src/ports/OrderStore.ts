/**
 * The orders, as the application sees their store.
 *
 * What every adapter keeps:
 *
 * - **One change, one transaction.** Everything handed to a method is stored together or not at all, and an
 *   answer means it survives a crash of the process.
 * - **Compare and set.** `commit` succeeds only on the current revision; of several at once exactly one does.
 *   The others get `Outdated` and have changed nothing.
 * - **Merchants are apart.** What is named by key or reference is found only within its merchant.
 * - **Append-only.** Observations and events are never changed; erasure replaces personal data inside them.
 * - **Events leave with their change.** An event is stored in the same transaction as the change it tells of,
 *   with one delivery for each consumer named in the commit; see `Outbox`.
 * - **Order.** Lists are ordered as said and page by the last item of the page before, so that insertions
 *   never shift a page.
 * - **Limits.** A page holds at most {@link pageSizeMax} items; larger wishes get that many.
 */
import type { Order, PaymentRow } from "@docdata/domain"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { Movement, MovementState } from "../order/Movement.ts"
import type { NewObservation, Observation } from "../order/Observation.ts"
import type { NewOrder, OrderName, OrderSnapshot, StoredOrder } from "../order/StoredOrder.ts"
import type { OrderNews, StoredEvent } from "../order/StoredEvent.ts"
import type { StoreFailure } from "./StoreFailure.ts"

/** A page is built in memory and goes over the wire whole; 200 orders are about 100 kB. */
export const pageSizeMax = 200

/** The order is not there, or not with this merchant. */
export class OrderNotFound extends Data.TaggedError("OrderNotFound")<{ readonly name: OrderName }> {
  override get message(): string {
    switch (this.name.by) {
      case "id":
        return `no order with id ${this.name.id}`
      case "key":
        return `no order with key ${this.name.key} for merchant ${this.name.merchant}`
      case "reference":
        return `no order with reference ${this.name.reference} for merchant ${this.name.merchant}`
    }
  }
}

/** Somebody was faster: the order is at another revision. Read again and decide again. */
export class Outdated extends Data.TaggedError("Outdated")<{
  readonly orderId: string
  readonly expectedRevision: number
  readonly actualRevision: number
}> {
  override get message(): string {
    return `order ${this.orderId} is at revision ${this.actualRevision}, not ${this.expectedRevision}: read and decide again`
  }
}

/** Something that must be unique exists already. `what` says which rule. */
export class AlreadyTaken extends Data.TaggedError("AlreadyTaken")<{
  readonly what: "reference" | "idempotency-key" | "order-key" | "movement-reference" | "period-key"
  readonly orderId: string
}> {
  override get message(): string {
    return `this ${this.what} belongs to order ${this.orderId} already`
  }
}

/** What `reserve` answers: the order as it is stored, and whether this call wrote it. */
export interface Reservation {
  readonly created: boolean
  readonly order: StoredOrder
}

/** A decided change of one order. */
export interface Commit {
  readonly orderId: string
  readonly expectedRevision: number
  readonly committedAtMs: number
  readonly state: Order
  /** All payments of the order after the change; rows of other orders are left out. */
  readonly payments: ReadonlyArray<PaymentRow>
  readonly observation?: NewObservation
  readonly news: ReadonlyArray<OrderNews>
  /** Who hears of the news, by name; each gets every event at least once. */
  readonly consumers: ReadonlyArray<string>
  readonly movements: ReadonlyArray<Movement>
  readonly nextCheckAtMs: number | undefined
  readonly quietChecks: number
}

/** What a commit answers. */
export interface Committed {
  readonly revision: number
  readonly events: ReadonlyArray<StoredEvent>
}

/** Which orders a list shows; every given field narrows it. Times are of creation, the end excluded. */
export interface OrderFilter {
  readonly merchants?: ReadonlyArray<string>
  readonly statuses?: ReadonlyArray<Order["status"]>
  readonly shopReference?: string
  readonly createdFromMs?: number
  readonly createdBeforeMs?: number
}

/** Where a list goes on: after this order. From the last item of a page. */
export interface OrderCursor {
  readonly createdAtMs: number
  readonly id: string
}

/** One page of a list, and where it goes on; absent after the last. */
export interface Page<Item, Cursor> {
  readonly items: ReadonlyArray<Item>
  readonly next?: Cursor
}

export class OrderStore extends Context.Service<OrderStore, {
  /**
   * Writes down the intent to create an order. Safe to repeat: the same merchant and idempotency key answer
   * with the order of the first call and `created: false`, also when several call at once. Counts `attempt`
   * per merchant and shop reference. A reference of another order of the merchant is `AlreadyTaken`.
   */
  readonly reserve: (order: NewOrder) => Effect.Effect<Reservation, AlreadyTaken | StoreFailure>
  /**
   * Docdata gave the key: the reservation becomes a confirmed order at its next revision, with an
   * `order.created` event. Safe to repeat with the same key (answers the stored order, no second event);
   * another key than the stored one, or one of another order of the merchant, is `AlreadyTaken`.
   */
  readonly confirm: (
    confirmation: {
      readonly orderId: string
      readonly key: string
      readonly confirmedAtMs: number
      readonly consumers: ReadonlyArray<string>
      readonly nextCheckAtMs: number | undefined
    }
  ) => Effect.Effect<StoredOrder, OrderNotFound | AlreadyTaken | StoreFailure>
  /** Certainly not created at Docdata. Only a reservation can be abandoned; a confirmed order stays as it is. */
  readonly abandon: (orderId: string) => Effect.Effect<StoredOrder, OrderNotFound | StoreFailure>
  /**
   * The order and its payments at one instant. `paymentIds` are ids a report speaks of: rows with these ids that
   * belong to other orders of the same merchant come along with their owner's key, so that the kernel can refuse
   * to count them.
   */
  readonly read: (
    name: OrderName,
    paymentIds?: ReadonlyArray<string>
  ) => Effect.Effect<OrderSnapshot, OrderNotFound | StoreFailure>
  /** Stores a decided change, or nothing. Not to be repeated after a failure that is not retryable: read first. */
  readonly commit: (change: Commit) => Effect.Effect<Committed, OrderNotFound | Outdated | StoreFailure>
  /** Orders, newest first (creation, then id, descending). */
  readonly list: (
    filter: OrderFilter,
    page: { readonly after?: OrderCursor; readonly limit: number }
  ) => Effect.Effect<Page<StoredOrder, OrderCursor>, StoreFailure>
  /** Confirmed orders whose next check is due, the longest due first. */
  readonly due: (
    question: { readonly merchant: string; readonly nowMs: number; readonly limit: number }
  ) => Effect.Effect<ReadonlyArray<StoredOrder>, StoreFailure>
  /** Reservations older than the given instant, oldest first: their creation was never settled. */
  readonly unsettled: (
    question: { readonly reservedBeforeMs: number; readonly limit: number }
  ) => Effect.Effect<ReadonlyArray<StoredOrder>, StoreFailure>
  /** Looks at an order, newest first by revision. `before` continues below that revision. */
  readonly observations: (
    orderId: string,
    page: { readonly before?: number; readonly limit: number }
  ) => Effect.Effect<Page<Observation, number>, StoreFailure>
  /** Events of an order in the order they happened. */
  readonly events: (orderId: string) => Effect.Effect<ReadonlyArray<StoredEvent>, StoreFailure>
  /**
   * Writes a movement down as intended, if it fits: `limitMinor` is the most that all counting movements of this
   * kind and payment may add up to, this one included. Answers the movement as stored and whether this call
   * wrote it; the same reference again answers the stored one. Checked and written as one step.
   */
  readonly intend: (
    movement: Movement,
    limitMinor: number
  ) => Effect.Effect<
    { readonly created: boolean; readonly movement: Movement },
    OrderNotFound | MovementTooLarge | StoreFailure
  >
  /** Moves a movement on, if it is in `from`; answers whether it was. */
  readonly settle: (
    step: {
      readonly orderId: string
      readonly kind: Movement["kind"]
      readonly reference: string
      readonly from: ReadonlyArray<MovementState>
      readonly to: MovementState
      readonly atMs: number
    }
  ) => Effect.Effect<boolean, StoreFailure>
  /** All movements of an order, oldest first. */
  readonly movements: (orderId: string) => Effect.Effect<ReadonlyArray<Movement>, StoreFailure>
  /**
   * Takes a period key of a recurring series for an order, once for ever: of several calls one answers true.
   * The same order asking again gets true again.
   */
  readonly takePeriod: (
    claim: { readonly merchant: string; readonly series: string; readonly period: string; readonly orderId: string }
  ) => Effect.Effect<boolean, StoreFailure>
  /**
   * Removes personal data of an order: texts of exchanges and reasons in reports become empty. Status, amounts,
   * events and decisions stay, so that the books stay. Safe to repeat.
   */
  readonly erase: (orderId: string) => Effect.Effect<void, OrderNotFound | StoreFailure>
}>()("@docdata/application/OrderStore") {}

/** The movements asked for so far leave less room than this one needs. */
export class MovementTooLarge extends Data.TaggedError("MovementTooLarge")<{
  readonly orderId: string
  readonly paymentId: string
  readonly askedMinor: number
  readonly leftMinor: number
}> {
  override get message(): string {
    return `payment ${this.paymentId} has ${this.leftMinor} left, ${this.askedMinor} was asked for`
  }
}
