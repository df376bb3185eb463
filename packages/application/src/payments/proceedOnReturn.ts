/**
 * A shopper whom `startPayment` had sent away is back: what the browser brought is submitted, once per payment.
 *
 * An address can be reloaded, and Docdata is asked to proceed once at most: that it will be asked is written down first,
 * on the revision that was read. When no answer comes, nobody asks again; looking finds out what became of it. Only if it
 * is certain that Docdata did nothing, the next return submits again.
 */
import { AuthorizationStatus, type PaymentRow } from "@docdata/domain"
import * as Effect from "effect/Effect"
import {
  type EventPayload,
  type EventSink,
  type Merchants,
  type OrderName,
  type OrderSnapshot,
  OrderStore,
  PaymentGateway,
  type ProceedInput,
  type ShopperResult
} from "../ports/index.ts"
import { type Refreshed, refreshOrder, SingleFlight } from "../refresh/index.ts"
import { claimSubmission, submitCallback } from "./submitCallback.ts"
import { commitAttemptsMax, Contended, openOrder } from "../commit/index.ts"
import type { ProceedFailure } from "./proceedPayment.ts"

/** A shopper's return. */
export interface ReturnedShopper {
  /** What was brought for a payment; absent if it does not fit. */
  readonly resultFor: (payment: PaymentRow) => ShopperResult | undefined
  /** For the event `return.visited`. */
  readonly callback: string
}

type Services = OrderStore | Merchants | PaymentGateway | EventSink | SingleFlight

// Of several the newest: the shopper gave the others up.
const awaited = ({ order, payments }: OrderSnapshot, { resultFor }: ReturnedShopper): ProceedInput | undefined => {
  const orderKey = order.state.key
  for (const payment of payments.toReversed()) {
    if (payment.orderKey !== undefined || AuthorizationStatus.authorizationClassOf(payment.status) !== "redirected") {
      continue
    }
    const result = resultFor(payment)
    if (result !== undefined) return { orderKey, paymentId: payment.paymentId, result }
  }
  return undefined
}

const submitted = Effect.fnUntraced(function*(
  name: OrderName,
  input: ProceedInput
): Effect.fn.Return<Refreshed, ProceedFailure, Services> {
  const { credentials } = yield* openOrder(name)
  yield* submitCallback(name, credentials, input).pipe(
    Effect.catchTag(
      "GatewayFailure",
      ({ reason }) =>
        Effect.logWarning("a shopper came back and the payment did not proceed; looking instead", {
          paymentId: input.paymentId,
          failure: reason._tag
        })
    )
  )
  return yield* refreshOrder(name, { observedBy: "return" })
})

const submitAwaited = Effect.fnUntraced(function*(
  name: OrderName,
  shopper: ReturnedShopper
): Effect.fn.Return<Refreshed | undefined, ProceedFailure, Services> {
  const store = yield* OrderStore
  const payload: ReadonlyArray<EventPayload> = [{ type: "return.visited", callback: shopper.callback }]
  let hasRefreshed = false
  for (let attempt = 0; attempt < commitAttemptsMax; attempt++) {
    const snapshot = yield* store.read(name)
    const { revision } = snapshot.order
    const input = awaited(snapshot, shopper)
    if (input === undefined) {
      if (hasRefreshed) return undefined
      // Whoever comes back within seconds is faster than the first refresh of the payment.
      hasRefreshed = true
      yield* refreshOrder(name, { observedBy: "return" })
      continue
    }
    const outcome = yield* claimSubmission(name, { paymentId: input.paymentId, revision, payload })
    if (outcome === "taken") return undefined
    if (outcome === "claimed") return yield* submitted(name, input)
  }
  const { order } = yield* store.read(name)
  return yield* new Contended({ orderId: order.id })
})

/** Of those who come at once any may have brought what fits: one that brings nothing must not speak for the others. */
const callbackFrom = (shoppers: ReadonlyArray<ReturnedShopper>): ReturnedShopper["resultFor"] => (payment) => {
  for (const { resultFor } of shoppers) {
    const result = resultFor(payment)
    if (result !== undefined) return result
  }
  return undefined
}

/**
 * The order as looked at after Docdata took, refused or did not answer the shopper's callback parameters. `undefined` if nothing
 * was submitted: no payment of the order waits for it, it was submitted before, or the provider takes none. Safe to repeat; of several at once
 * one asks.
 */
export const proceedOnReturn = Effect.fn("ProceedOnReturn")(function*(
  name: OrderName,
  shopper: ReturnedShopper
): Effect.fn.Return<Refreshed | undefined, ProceedFailure, Services> {
  const { unsupported } = yield* PaymentGateway
  if (unsupported?.has("proceed") === true) return undefined
  const { order } = yield* (yield* OrderStore).read(name)
  const flights = yield* SingleFlight
  const services = yield* Effect.context<Services>()
  // Not cut short when the shopper's connection breaks.
  return yield* flights.share(
    `proceed ${order.id}`,
    shopper,
    (shoppers) => {
      const all = { ...shopper, resultFor: callbackFrom(shoppers) }
      return Effect.provideContext(submitAwaited({ by: "id", id: order.id }, all), services)
    }
  )
})
