/**
 * The orders, as the application sees their store.
 *
 * What every adapter keeps:
 *
 * - **One change, one transaction.** Everything handed to a method is stored together or not at all, and an
 *   answer means it survives a crash of the process.
 * - **Compare and set.** `commit` succeeds only on the current revision; of several at once exactly one does.
 *   The others get `Outdated` and have changed nothing.
 * - **A payment is one order's.** Of a merchant the first order to store a payment has it until it is committed without it.
 *   A commit that adds it to another order is `Outdated`, also when both come at the same moment.
 * - **The attempts of a shop's order take turns.** A commit that changes the shop's order succeeds only on its newest
 *   revision, so that two attempts never decide without each other.
 * - **Merchants are apart.** What is named by key or reference is found only within its merchant.
 * - **Append-only.** Observations and events are never changed; erasure replaces personal data inside them.
 * - **Events leave with their change.** An event is stored in the same transaction as the change it tells of,
 *   with one delivery for each subscriber of the commit that wants it; see `Outbox`.
 * - **Order.** Lists are ordered as said and page by the last item of the page before, so that insertions
 *   never shift a page.
 * - **Text has one order.** Where ids decide an order they are compared character by character by code point (in
 *   SQL: collation `C` or `BINARY`), so that every store lists alike.
 * - **Limits.** A page holds at most {@link pageSizeMax} items; larger requests get that many, requests below one get
 *   one. The same holds for `due` and `unresolved`.
 */
import type { ModificationCause, Order, PaymentRow } from "@docdata/domain"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { Anomaly } from "./records/Anomaly.ts"
import type { Modification } from "./records/Modification.ts"
import type { NewObservation, Observation } from "./records/Observation.ts"
import type { AbandonReason, NewOrder, OrderName, OrderSnapshot, StoredOrder } from "./records/StoredOrder.ts"
import type { ShopOrderChange, ShopOrderName, StoredShopOrder } from "./records/ShopOrder.ts"
import type { AdjustedField, EventPayload, StoredEvent } from "./records/StoredEvent.ts"
import type { Subscriber } from "./EventSink.ts"
import type { ClaimedItem } from "./Inbox.ts"
import type { StoreFailure } from "./StoreFailure.ts"

/** A page is built in memory and goes over the wire whole; 200 orders are about 100 kB. */
export const pageSizeMax = 200

/** The order is not there, or not with this merchant. `order` is how it was named. */
export class OrderNotFound extends Data.TaggedError("OrderNotFound")<{ readonly order: OrderName }> {
  override get message(): string {
    switch (this.order.by) {
      case "id":
        return `no order with id ${this.order.id}`
      case "key":
        return `no order with key ${this.order.key} for merchant ${this.order.merchant}`
      case "order-reference":
        return `no order with reference ${this.order.orderReference} for merchant ${this.order.merchant}`
    }
  }
}

/**
 * Somebody was faster: the order or the shop's order is at another revision, or a payment that the change adds to it is
 * another order's by now. Read again and decide again.
 */
export class Outdated extends Data.TaggedError("Outdated")<{
  readonly orderId: string
  readonly expectedRevision: number
  readonly actualRevision: number
  /** The first payment, by number, that another order of the merchant has; absent if the revision is another one. */
  readonly paymentId?: string
  /** True if the order is as expected and another attempt has changed the shop's order. */
  readonly isOfShopOrder?: true
}> {
  override get message(): string {
    if (this.isOfShopOrder) return `another attempt beside order ${this.orderId} changed: read and decide again`
    if (this.paymentId !== undefined) {
      return `another order than ${this.orderId} has payment ${this.paymentId}: read and decide again`
    }
    return `order ${this.orderId} is at revision ${this.actualRevision}, not ${this.expectedRevision}: read and decide again`
  }
}

/**
 * Something that must be unique exists already. `what` says which rule, `orderId` whose it is. `idempotency-key`: the
 * key was used before for another request (another fingerprint).
 */
export class AlreadyTaken extends Data.TaggedError("AlreadyTaken")<{
  readonly what: "id" | "order-reference" | "idempotency-key" | "order-key" | "modification-reference" | "period-key"
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
  /** The state after the change. Its `key` is not taken over: only `confirm` writes keys. */
  readonly state: Order
  /**
   * All payments of the order after the change, instead of those before. Rows that carry another order's key are
   * left out by the store.
   */
  readonly payments: ReadonlyArray<PaymentRow>
  readonly observation?: NewObservation
  readonly events: ReadonlyArray<EventPayload>
  /** Who receives the events; each gets every event that it wants at least once. A name given twice counts once. */
  readonly subscribers: ReadonlyArray<Subscriber>
  /** The trace that led to the change, W3C `traceparent`; every event keeps it. Absent where nothing is traced. */
  readonly traceparent?: string
  /** Modifications that changed; each replaces the one of the same kind and reference, the others stay. */
  readonly modifications: ReadonlyArray<Modification>
  /**
   * Anomalies of this order that were raised, changed or resolved; each replaces the one with its id, but for the
   * acknowledgement, which stays as it is stored. Of one kind and subject at most one stands afterwards.
   */
  readonly anomalies?: ReadonlyArray<Anomaly>
  /** What the change makes of the shop's order, if it makes anything of it; counted as its next revision. */
  readonly shopOrder?: ShopOrderChange
  /** Notifications that the change answers: acknowledged with it, where the claim has not ended. */
  readonly acknowledges?: ReadonlyArray<Pick<ClaimedItem, "id" | "claim">>
  readonly nextRefreshAtMs: number | undefined
  readonly quietRefreshes: number
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

/**
 * Orders by their age when their check became due: below `waitingRefreshesMs`, or below `firstDayRefreshesMs`, the former
 * included.
 */
export type DueAmong = "waiting" | "first-day"

/** One page of a list, and where it goes on; absent after the last. */
export interface Page<Item, Cursor> {
  readonly items: ReadonlyArray<Item>
  readonly next?: Cursor
}

export class OrderStore extends Context.Service<OrderStore, {
  /**
   * Writes down the intent to create an order: revision 0, status `new`, fulfilment `wait`, no key, nothing due.
   * Safe to repeat: the same merchant and idempotency key answer with the order of the first call and `created: false`,
   * also when several call at once. An abandoned order has given its key back. The same key with another fingerprint is
   * `AlreadyTaken`, and so is a reference of another order of the merchant, for ever, or an id of any other order;
   * looked at in this order. Counts `attempt` per merchant and shop reference, abandoned ones included.
   */
  readonly reserve: (order: NewOrder) => Effect.Effect<Reservation, AlreadyTaken | StoreFailure>
  /**
   * Docdata gave the key: the reservation becomes a confirmed order at its next revision, with an
   * `order.created` event. Safe to repeat with the same key (answers the stored order, no second event);
   * another key than the stored one, or one of another order of the merchant, is `AlreadyTaken`. An abandoned order
   * can be confirmed too: a key proves that it exists, and hiding it would lose money. It takes its idempotency key
   * again, unless another order has that by now.
   */
  readonly confirm: (
    confirmation: {
      readonly orderId: string
      readonly key: string
      readonly confirmedAtMs: number
      readonly subscribers: ReadonlyArray<Subscriber>
      /** What of the request did not fit; the event keeps it. */
      readonly adjusted?: ReadonlyArray<AdjustedField>
      /** As in {@link Commit}. */
      readonly traceparent?: string
      readonly nextRefreshAtMs: number | undefined
    }
  ) => Effect.Effect<StoredOrder, OrderNotFound | AlreadyTaken | StoreFailure>
  /** Moves the end of a reservation's lease. Anything but a reservation stays as it is. No revision counts it. */
  readonly renew: (
    lease: { readonly orderId: string; readonly leaseUntilMs: number }
  ) => Effect.Effect<void, StoreFailure>
  /**
   * Not created at Docdata, or nobody has its key: the reservation is abandoned at its next revision. Anything but a
   * reservation stays as it is, so repeating is safe; the answer says what is stored. Its idempotency key is free again,
   * its reference is not.
   */
  readonly abandon: (
    orderId: string,
    because?: AbandonReason
  ) => Effect.Effect<StoredOrder, OrderNotFound | StoreFailure>
  /**
   * The order and its payments at one instant. `paymentIds` are ids a report speaks of: rows with these ids that
   * belong to other orders of the same merchant come along with their owner's key, so that the kernel can refuse
   * to count them. A database of an earlier version may hold rows of several orders under one id: of one number the own
   * row comes first, then the others by their owner's id.
   */
  readonly read: (
    name: OrderName,
    paymentIds?: ReadonlyArray<string>
  ) => Effect.Effect<OrderSnapshot, OrderNotFound | StoreFailure>
  /**
   * The rows that `read` answers for ids of payments besides the order's own, without the order: of other orders of the
   * merchant, with their owner's key, ascending by number.
   */
  readonly paymentsElsewhere: (
    order: Pick<StoredOrder, "id" | "merchant">,
    paymentIds: ReadonlyArray<string>
  ) => Effect.Effect<ReadonlyArray<PaymentRow>, StoreFailure>
  /**
   * The shop's order as the last commit made it; revision 0 with the merchant's confirmed orders of that reference, the
   * oldest first, where none has. Of a reference that nobody knows there are no attempts.
   */
  readonly shopOrder: (name: ShopOrderName) => Effect.Effect<StoredShopOrder, StoreFailure>
  /**
   * Stores a decided change, or nothing. Not to be repeated after a failure that is not retryable: read first. Works
   * in every registration; whether a change makes sense is for the caller to decide.
   */
  readonly commit: (change: Commit) => Effect.Effect<Committed, OrderNotFound | Outdated | StoreFailure>
  /**
   * Orders, newest first (creation, then id, descending). An empty list of merchants or statuses fits no order. An
   * abandoned order has no status that a filter finds.
   */
  readonly list: (
    filter: OrderFilter,
    page: { readonly after?: OrderCursor; readonly limit: number }
  ) => Effect.Effect<Page<StoredOrder, OrderCursor>, StoreFailure>
  /**
   * Confirmed orders whose next refresh is due at `nowMs` or before, the longest due first, then by id. `among` narrows
   * them by the age that they had when it became due, whatever it is by now.
   */
  readonly due: (
    question: {
      readonly merchant: string
      readonly nowMs: number
      readonly limit: number
      readonly among?: DueAmong
    }
  ) => Effect.Effect<ReadonlyArray<StoredOrder>, StoreFailure>
  /**
   * Reservations of all merchants whose lease ended at `nowMs` or before, oldest first, then by id. `after` goes on
   * after that order.
   */
  readonly staleReservations: (
    question: { readonly nowMs: number; readonly after?: OrderCursor; readonly limit: number }
  ) => Effect.Effect<ReadonlyArray<StoredOrder>, StoreFailure>
  /** Observations of an order, newest first by revision. `before` continues below that revision. None of an unknown order. */
  readonly observations: (
    orderId: string,
    page: { readonly before?: number; readonly limit: number }
  ) => Effect.Effect<Page<Observation, number>, StoreFailure>
  /** Events of an order in the order they happened, by revision and position. None of an unknown order. */
  readonly events: (orderId: string) => Effect.Effect<ReadonlyArray<StoredEvent>, StoreFailure>
  /**
   * Writes a modification down as intended, if it fits: `limitMinor` is the most that all counting modifications of this
   * kind and payment may add up to, this one included. Answers the modification as stored (its state is `intended`) and
   * whether this call wrote it; the same reference again answers the stored one, whatever became of it, and the
   * caller compares. Checked and written as one step, so that several at once never exceed the limit together.
   */
  readonly intend: (
    modification: Modification,
    limitMinor: number
  ) => Effect.Effect<
    { readonly created: boolean; readonly modification: Modification },
    OrderNotFound | ModificationTooLarge | StoreFailure
  >
  /** Moves a modification on as `modificationMoves` says of its state and the cause; answers whether it moved. */
  readonly resolve: (
    step: {
      readonly orderId: string
      readonly kind: Modification["kind"]
      readonly reference: string
      readonly cause: ModificationCause
      readonly atMs: number
    }
  ) => Effect.Effect<boolean, StoreFailure>
  /**
   * Certainly nothing came of the request: a modification that is intended is not there any more, and its reference is
   * free. Answers whether it was taken back; any other stays as it is.
   */
  readonly withdraw: (
    named: { readonly orderId: string; readonly kind: Modification["kind"]; readonly reference: string }
  ) => Effect.Effect<boolean, StoreFailure>
  /** All modifications of an order, oldest first by request, then by kind and reference. None of an unknown order. */
  readonly modifications: (orderId: string) => Effect.Effect<ReadonlyArray<Modification>, StoreFailure>
  /** Anomalies of an order that stand, oldest first by raising, then by id. None of an unknown order. */
  readonly anomalies: (orderId: string) => Effect.Effect<ReadonlyArray<Anomaly>, StoreFailure>
  /**
   * Takes a period key of a recurring series for an order, once for ever: of several calls one answers true.
   * The same order asking again gets true again.
   */
  readonly takePeriod: (
    claim: { readonly merchant: string; readonly series: string; readonly period: string; readonly orderId: string }
  ) => Effect.Effect<boolean, StoreFailure>
  /**
   * Removes personal data of an order: its observations become what `withoutPersonalData` makes of them, and the
   * notes of its anomalies go. The order is marked: observations that are committed afterwards, also by whoever has read
   * the order before, are stored as `withoutPersonalData` makes them. Status, amounts, events and decisions stay, so that
   * the books stay. Safe to repeat.
   */
  readonly erase: (orderId: string) => Effect.Effect<void, OrderNotFound | StoreFailure>
}>()("@docdata/application/OrderStore") {}

/** The modifications asked for so far leave less than this one needs. `leftMinor` is never below zero. */
export class ModificationTooLarge extends Data.TaggedError("ModificationTooLarge")<{
  readonly orderId: string
  readonly paymentId: string
  readonly askedMinor: number
  readonly leftMinor: number
}> {
  override get message(): string {
    return `payment ${this.paymentId} has ${this.leftMinor} left, ${this.askedMinor} was asked for`
  }
}
