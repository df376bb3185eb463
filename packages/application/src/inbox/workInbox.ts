/**
 * The inbox worker: refreshes every order that was notified, and never lets one item stop another, nor one merchant the
 * others.
 *
 * Notifications come in bursts. An order that was refreshed less than {@link refreshGapMs} ago is refreshed when that time
 * is over, once for all notifications that came meanwhile.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  Anomalies,
  type AnomalyDetails,
  type ClaimedItem,
  type EventSink,
  type GatewayFailure,
  Inbox,
  OrderStore,
  type StoreFailure
} from "../ports/index.ts"
import { newId } from "../identifiers.ts"
import { continueTrace, countInboxItem, timeNotification } from "../observability/index.ts"
import { type RefreshFailure, refreshRead } from "../refresh/index.ts"
import { type Capacity, retryDelayMs, WorkCapacity } from "../limits/index.ts"
import { raiseAnomaly } from "../anomalies/index.ts"
import type { Contended } from "../commit/index.ts"

/** Items of a merchant at once: enough to keep 16 connections busy, few enough to finish within a lease. */
export const inboxConcurrency = 16

/** Longer than the slowest refresh: two status calls of 30 seconds and a commit. */
export const inboxLeaseMs = 120_000

/** About a day of tries with the delays of `retryDelayMs`; afterwards the refresh schedule finds the order anyway. */
export const inboxAttemptsMax = 20

/** Between two refreshes an order that notifications cause: a burst within a second costs two status calls. */
export const refreshGapMs = 1_000

/** What becomes of an item whose refresh failed. */
type Verdict = "retry" | "dead-letter"

const afterGatewayFailure = ({ reason }: GatewayFailure): Verdict => {
  switch (reason._tag) {
    // The provider broke or was out of reach: another day.
    case "Fault":
    case "UnreadableReply":
    case "TransportFailure":
      return "retry"
    // No such order, or a request that is wrong: it will be no again. Wrong credentials and trouble inside pass.
    case "Rejected":
      return reason.kind === "refused" || reason.kind === "not-found" ? "dead-letter" : "retry"
    case "RefusedBeforeSending":
    case "Unsupported":
      return "dead-letter"
  }
}

const verdictOn = (failure: RefreshFailure): Verdict => {
  switch (failure._tag) {
    case "OrderNotFound":
    case "UnknownMerchant":
    case "MerchantMismatch":
      return "dead-letter"
    // A reservation may be confirmed any moment: Docdata can be faster than our own answer. That one which was given
    // up is known at Docdata after all is for a person to see.
    case "NotConfirmed":
      return failure.registration === "reserved" ? "retry" : "dead-letter"
    case "StoreFailure":
    case "Contended":
      return "retry"
    case "GatewayFailure":
      return afterGatewayFailure(failure)
  }
}

// Tags and codes only: texts of Docdata may quote what nobody should keep.
const deadLetterReason = (failure: RefreshFailure): string => {
  if (failure._tag !== "GatewayFailure") return failure._tag
  const { reason } = failure
  const codes = reason._tag === "Rejected" ? reason.errors.map(({ code }) => ` ${code}`).join("") : ""
  return `${failure._tag}: ${failure.operation} ${reason._tag}${codes}`
}

/**
 * Says that somebody has to look: with the order if there is one, where the next refresh that succeeds resolves it, else by
 * the reference.
 */
const raiseDeadLetter = Effect.fnUntraced(function*(
  { merchant, orderReference }: ClaimedItem,
  reason: string
): Effect.fn.Return<void, StoreFailure | Contended, OrderStore | EventSink | Anomalies> {
  const details: AnomalyDetails = {
    kind: "notification-dead-lettered",
    subject: orderReference,
    level: "error",
    data: { reason }
  }
  yield* Effect.catchTag(
    Effect.asVoid(raiseAnomaly({ by: "order-reference", merchant, orderReference }, details)),
    "OrderNotFound",
    () =>
      Effect.gen(function*() {
        const raisedAtMs = yield* Clock.currentTimeMillis
        yield* (yield* Anomalies).raise({ id: yield* newId("anm"), merchant, ...details, raisedAtMs })
      })
  )
})

const retryOrDeadLetter = Effect.fnUntraced(function*(
  item: ClaimedItem,
  failure: RefreshFailure
): Effect.fn.Return<void, StoreFailure | Contended, Inbox | OrderStore | EventSink | Anomalies> {
  const inbox = yield* Inbox
  const atMs = yield* Clock.currentTimeMillis
  if (verdictOn(failure) === "dead-letter" || item.attempts >= inboxAttemptsMax) {
    const reason = deadLetterReason(failure)
    // Before it is dead-lettered: who dies in between comes back to both.
    yield* raiseDeadLetter(item, reason)
    yield* inbox.deadLetter(item, { reason, atMs })
    yield* countInboxItem("dead-lettered", item.merchant)
    yield* Effect.logWarning("a notification is dead-lettered", { reason })
  } else {
    yield* inbox.retryLater(item, atMs + (yield* retryDelayMs(item.attempts)))
    yield* countInboxItem("repeated", item.merchant)
  }
})

const refreshFor = Effect.fnUntraced(function*(item: ClaimedItem) {
  const name = { by: "order-reference", merchant: item.merchant, orderReference: item.orderReference } as const
  const inbox = yield* Inbox
  const snapshot = yield* (yield* OrderStore).read(name)
  const { observedFromMs } = snapshot.order
  // Once per item: whoever else keeps looking must not keep the item waiting for ever.
  if (item.attempts === 1 && observedFromMs !== undefined) {
    const nowMs = yield* Clock.currentTimeMillis
    // Never longer than the gap, also if another machine's clock is ahead of ours.
    const gapEndsAtMs = Math.min(observedFromMs, nowMs) + refreshGapMs
    if (nowMs < gapEndsAtMs) {
      yield* inbox.retryLater(item, gapEndsAtMs)
      return
    }
  }
  const { claim, id } = item
  yield* refreshRead(snapshot, {
    observedBy: "notification",
    events: [{ type: "notification.received" }],
    acknowledges: [{ id, claim }]
  })
  yield* countInboxItem("done", item.merchant)
  yield* timeNotification(item.merchant, (yield* Clock.currentTimeMillis) - item.firstReceivedAtMs)
})

const handle = (item: ClaimedItem) =>
  refreshFor(item).pipe(
    Effect.catch((failure) => retryOrDeadLetter(item, failure)),
    // What even resolving could not store, or a fault of ours, leaves the claim to run out: the item comes back.
    Effect.catchCause((cause) => Effect.logError("inbox item comes back when its claim ends", { id: item.id }, cause)),
    Effect.withSpan("Inbox.handle", {
      kind: "consumer",
      attributes: { "docdata.merchant": item.merchant, "docdata.delivery_attempt": item.attempts }
    }, { captureStackTrace: false }),
    Effect.annotateLogs({ merchant: item.merchant }),
    continueTrace(item.traceparent)
  )

const claimFor = Effect.fnUntraced(function*(merchant: string, { free }: Capacity) {
  const inbox = yield* Inbox
  const nowMs = yield* Clock.currentTimeMillis
  const claim = yield* newId("clm")
  const items = yield* inbox.claim({ merchant, nowMs, leaseUntilMs: nowMs + inboxLeaseMs, limit: free, claim })
  return items.map((item) => ({ key: `${item.id} ${claim}`, work: handle(item) }))
})

/**
 * One round over all merchants at once: claims what waits and handles it. Answers how many items it took; a slow one
 * delays no other, and a merchant who has used up the capacity delays only itself.
 */
export const workInbox = Effect.fnUntraced(function*() {
  const capacity = yield* WorkCapacity
  const merchants = yield* (yield* Inbox).merchants(yield* Clock.currentTimeMillis)
  const counts = yield* Effect.forEach(
    merchants,
    (merchant) =>
      capacity.fill(`inbox ${merchant}`, { limit: inboxConcurrency, take: (capacity) => claimFor(merchant, capacity) }),
    { concurrency: "unbounded" }
  )
  return counts.reduce((sum, count) => sum + count, 0)
})
