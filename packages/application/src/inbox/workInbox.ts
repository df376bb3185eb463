/**
 * The inbox worker: looks at every order that was notified, and never lets one item stop another, nor one merchant the
 * others.
 *
 * Notifications come in bursts. An order that was looked at less than {@link lookGapMs} ago is looked at when that time
 * is over, once for all notifications that came meanwhile.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  Anomalies,
  type ClaimedItem,
  type Concern,
  type EventSink,
  type GatewayFailure,
  Inbox,
  OrderStore,
  type StoreFailure
} from "../ports/index.ts"
import { newId } from "../identifiers.ts"
import { continueTrace, countInboxItem, timeNotification } from "../observability/index.ts"
import { type RefreshFailure, refreshOrder } from "../refresh/index.ts"
import { retryDelayMs, type Room, WorkSlots } from "../limits/index.ts"
import { raiseAnomaly } from "../anomalies/index.ts"
import type { Contended } from "../commit/index.ts"

/** Items of a merchant at once: enough to keep 16 connections busy, few enough to finish within a lease. */
export const inboxSlots = 16

/** Longer than the slowest look: two status calls of 30 seconds and a commit. */
export const inboxLeaseMs = 120_000

/** About a day of tries with the delays of `retryDelayMs`; afterwards the recheck schedule finds the order anyway. */
export const inboxAttemptsMax = 20

/** Between two looks at an order that notifications cause: a burst within a second costs two status calls. */
export const lookGapMs = 1_000

/** What becomes of an item whose look failed. */
type Verdict = "retry" | "park"

const afterGatewayFailure = ({ reason }: GatewayFailure): Verdict => {
  switch (reason._tag) {
    // The provider broke or was out of reach: another day.
    case "Fault":
    case "UnreadableReply":
    case "TransportFailure":
      return "retry"
    // No such order, or a request that is wrong: it will be no again. Wrong credentials and trouble inside pass.
    case "Rejected":
      return reason.kind === "refused" || reason.kind === "not-found" ? "park" : "retry"
    case "RefusedBeforeSending":
      return "park"
  }
}

const verdictOn = (failure: RefreshFailure): Verdict => {
  switch (failure._tag) {
    case "OrderNotFound":
    case "UnknownMerchant":
    case "MerchantMismatch":
      return "park"
    // A reservation may be confirmed any moment: Docdata can be faster than our own answer. That one which was given
    // up is known at Docdata after all is for a person to see.
    case "NotConfirmed":
      return failure.registration === "reserved" ? "retry" : "park"
    case "StoreFailure":
    case "Contended":
      return "retry"
    case "GatewayFailure":
      return afterGatewayFailure(failure)
  }
}

// Tags and codes only: texts of Docdata may quote what nobody should keep.
const parkedBecause = (failure: RefreshFailure): string => {
  if (failure._tag !== "GatewayFailure") return failure._tag
  const { reason } = failure
  const codes = reason._tag === "Rejected" ? reason.errors.map(({ code }) => ` ${code}`).join("") : ""
  return `${failure._tag}: ${failure.operation} ${reason._tag}${codes}`
}

/**
 * Says that somebody has to look: with the order if there is one, where the next look that succeeds resolves it, else by
 * the reference.
 */
const raiseParked = Effect.fnUntraced(function*(
  { merchant, reference }: ClaimedItem,
  reason: string
): Effect.fn.Return<void, StoreFailure | Contended, OrderStore | EventSink | Anomalies> {
  const concern: Concern = { kind: "notification-parked", subject: reference, level: "error", data: { reason } }
  yield* Effect.catchTag(
    Effect.asVoid(raiseAnomaly({ by: "reference", merchant, reference }, concern)),
    "OrderNotFound",
    () =>
      Effect.gen(function*() {
        const raisedAtMs = yield* Clock.currentTimeMillis
        yield* (yield* Anomalies).raise({ id: yield* newId("anm"), merchant, ...concern, raisedAtMs })
      })
  )
})

const settle = Effect.fnUntraced(function*(
  item: ClaimedItem,
  failure: RefreshFailure
): Effect.fn.Return<void, StoreFailure | Contended, Inbox | OrderStore | EventSink | Anomalies> {
  const inbox = yield* Inbox
  const atMs = yield* Clock.currentTimeMillis
  if (verdictOn(failure) === "park" || item.attempts >= inboxAttemptsMax) {
    const reason = parkedBecause(failure)
    // Before it is parked: who dies in between comes back to both.
    yield* raiseParked(item, reason)
    yield* inbox.park(item, { reason, atMs })
    yield* countInboxItem("parked", item.merchant)
    yield* Effect.logWarning("a notification is parked", { reason })
  } else {
    yield* inbox.putBack(item, atMs + (yield* retryDelayMs(item.attempts)))
    yield* countInboxItem("repeated", item.merchant)
  }
})

const lookFor = Effect.fnUntraced(function*(item: ClaimedItem) {
  const name = { by: "reference", merchant: item.merchant, reference: item.reference } as const
  const inbox = yield* Inbox
  const { order: { observedFromMs } } = yield* (yield* OrderStore).read(name)
  // Once per item: whoever else keeps looking must not keep the item waiting for ever.
  if (item.attempts === 1 && observedFromMs !== undefined) {
    const nowMs = yield* Clock.currentTimeMillis
    // Never longer than the gap, also if another machine's clock is ahead of ours.
    const gapEndsAtMs = Math.min(observedFromMs, nowMs) + lookGapMs
    if (nowMs < gapEndsAtMs) {
      yield* inbox.putBack(item, gapEndsAtMs)
      return
    }
  }
  yield* refreshOrder(name, { observedBy: "notification", news: [{ type: "notification.received" }] })
  yield* inbox.acknowledge(item)
  yield* countInboxItem("done", item.merchant)
  yield* timeNotification(item.merchant, (yield* Clock.currentTimeMillis) - item.firstReceivedAtMs)
})

const handle = (item: ClaimedItem) =>
  lookFor(item).pipe(
    Effect.catch((failure) => settle(item, failure)),
    // What even settling could not store, or a fault of ours, leaves the claim to run out: the item comes back.
    Effect.catchCause((cause) => Effect.logError("inbox item comes back when its claim ends", { id: item.id }, cause)),
    Effect.withSpan("Inbox.handle", {
      kind: "consumer",
      attributes: { "docdata.merchant": item.merchant, "docdata.attempt": item.attempts }
    }, { captureStackTrace: false }),
    Effect.annotateLogs({ merchant: item.merchant }),
    continueTrace(item.traceparent)
  )

const claimFor = Effect.fnUntraced(function*(merchant: string, { free }: Room) {
  const inbox = yield* Inbox
  const nowMs = yield* Clock.currentTimeMillis
  const claim = yield* newId("clm")
  const items = yield* inbox.claim({ merchant, nowMs, leaseUntilMs: nowMs + inboxLeaseMs, limit: free, claim })
  return items.map((item) => ({ key: `${item.id} ${claim}`, work: handle(item) }))
})

/**
 * One round over all merchants at once: claims what waits and handles it. Answers how many items it took; a slow one
 * delays no other, and a merchant who has used up the slots delays only itself.
 */
export const workInbox = Effect.fnUntraced(function*() {
  const slots = yield* WorkSlots
  const merchants = yield* (yield* Inbox).merchants(yield* Clock.currentTimeMillis)
  const counts = yield* Effect.forEach(
    merchants,
    (merchant) => slots.fill(`inbox ${merchant}`, { slots: inboxSlots, take: (room) => claimFor(merchant, room) }),
    { concurrency: "unbounded" }
  )
  return counts.reduce((sum, count) => sum + count, 0)
})
