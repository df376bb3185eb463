/**
 * The inbox worker: looks at every order that was notified, and never lets one item stop another.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { GatewayFailure } from "../gateway/GatewayFailure.ts"
import { newId } from "../identifiers.ts"
import { type ClaimedItem, Inbox } from "../ports/Inbox.ts"
import type { StoreFailure } from "../ports/StoreFailure.ts"
import { type RefreshFailure, refreshOrder } from "../refresh/refreshOrder.ts"
import { retryDelayMs } from "../schedule/retryDelay.ts"

/** Items per claim and looks at once: enough to keep 16 connections busy, few enough to finish within a lease. */
export const inboxBatch = 16

/** Longer than the slowest look: two status calls of 30 seconds and a commit. */
export const inboxLeaseMs = 120_000

/** About two days of tries with the delays of `retryDelayMs`; afterwards the recheck schedule finds the order anyway. */
export const inboxAttemptsMax = 20

/** What becomes of an item whose look failed. */
type Verdict = "retry" | "park"

const afterGatewayFailure = ({ reason }: GatewayFailure): Verdict => {
  switch (reason._tag) {
    // Docdata broke or was out of reach: another day.
    case "Fault":
    case "UnreadableReply":
    case "TransportFailure":
      return "retry"
    // Docdata understood and said no, or we did not even ask: it will be no again.
    case "Rejected":
    case "RefusedBeforeSending":
      return "park"
  }
}

const verdictOn = (failure: RefreshFailure): Verdict => {
  switch (failure._tag) {
    case "OrderNotFound":
    case "UnknownMerchant":
      return "park"
    // A reservation may be confirmed any moment: Docdata can be faster than our own answer.
    case "NotConfirmed":
    case "StoreFailure":
    case "Contended":
      return "retry"
    case "GatewayFailure":
      return afterGatewayFailure(failure)
  }
}

const settle = Effect.fnUntraced(function*(
  item: ClaimedItem,
  failure: RefreshFailure
): Effect.fn.Return<void, StoreFailure, Inbox> {
  const inbox = yield* Inbox
  const atMs = yield* Clock.currentTimeMillis
  if (verdictOn(failure) === "park" || item.attempts >= inboxAttemptsMax) {
    yield* inbox.park(item, { reason: `${failure._tag}: ${failure.message}`, atMs })
  } else {
    yield* inbox.putBack(item, atMs + (yield* retryDelayMs(item.attempts)))
  }
})

const handle = (item: ClaimedItem) =>
  refreshOrder(
    { by: "reference", merchant: item.merchant, reference: item.reference },
    { observedBy: "notification", news: [{ type: "notification.received" }] }
  ).pipe(
    Effect.andThen(Inbox.use((inbox) => inbox.acknowledge(item))),
    Effect.catch((failure) => settle(item, failure)),
    // What even settling could not store, or a fault of ours, leaves the claim to run out: the item comes back.
    Effect.catchCause((cause) => Effect.logError("inbox item comes back when its claim ends", { id: item.id }, cause))
  )

/** One round: claims what waits and handles it. Answers how many items it took. */
export const workInbox = Effect.fn("Inbox.round")(function*() {
  const inbox = yield* Inbox
  const nowMs = yield* Clock.currentTimeMillis
  const items = yield* inbox.claim({
    nowMs,
    leaseUntilMs: nowMs + inboxLeaseMs,
    limit: inboxBatch,
    claim: yield* newId("clm")
  })
  yield* Effect.forEach(items, handle, { concurrency: inboxBatch, discard: true })
  return items.length
})
