/**
 * Submitting to Docdata the shopper's callback parameters, once per payment: whoever wants to writes down first that Docdata
 * will be asked, and of several the one who did asks.
 */
import * as Effect from "effect/Effect"
import {
  type EventPayload,
  mayHaveHappened,
  type Merchant,
  type OrderName,
  OrderStore,
  PaymentGateway,
  type ProceedInput,
  type StoredEvent
} from "../ports/index.ts"
import { changeOrder, changeWith, scheduleRefresh } from "../commit/index.ts"

const refreshAfterMs = 15_000

// The digits that Docdata takes. Anything else is refused before it is sent, and no event names it.
const paymentNumber = /^[1-9]\d{0,29}$/

const isAbout = (payload: EventPayload, paymentId: string): boolean =>
  (payload.type === "payment.proceeded" || payload.type === "payment.not_proceeded") && payload.paymentId === paymentId

const isSubmitted = (events: ReadonlyArray<StoredEvent>, paymentId: string): boolean =>
  events.findLast(({ payload }) => isAbout(payload, paymentId))?.payload.type === "payment.proceeded"

/** What may keep a claim from being made. */
interface Claim {
  readonly paymentId: string
  /** The order's revision that the payment was chosen on; any if absent. */
  readonly revision?: number
  /** Told before the claim. */
  readonly payload?: ReadonlyArray<EventPayload>
}

/**
 * Writes down that Docdata will be asked: `claimed` if by this call, `taken` if somebody may have asked before,
 * `outdated` if the order has changed since `revision`. Also for a payment that no refresh has found yet: a shop may
 * proceed within seconds after the start.
 */
export const claimSubmission = Effect.fnUntraced(
  function*(name: OrderName, { payload = [], paymentId, revision }: Claim) {
    if (!paymentNumber.test(paymentId)) return "claimed"
    const store = yield* OrderStore
    let outcome: "claimed" | "taken" | "outdated" = "taken"
    yield* changeWith(name, ({ order }) =>
      Effect.map(store.events(order.id), (events) => {
        if (isSubmitted(events, paymentId)) outcome = "taken"
        else outcome = order.revision === (revision ?? order.revision) ? "claimed" : "outdated"
        return outcome === "claimed" ? { events: [...payload, { type: "payment.proceeded", paymentId }] } : undefined
      }))
    return outcome
  }
)

// A claim that cannot be let go stays: nobody asks then, which is the safe side.
const letGo = (name: OrderName, paymentId: string) =>
  changeOrder(name, () => ({ events: [{ type: "payment.not_proceeded", paymentId }] })).pipe(
    Effect.catch(({ _tag }) =>
      Effect.logWarning("a payment did not proceed, and this could not be written down", { paymentId, failure: _tag })
    )
  )

/** The shopper's callback parameters for a payment of an order that is named otherwise. */
export type CallbackSubmission = Omit<ProceedInput, "orderKey">

/** Submits what was claimed, and lets the claim go if it is certain that Docdata did nothing with it. */
export const submitCallback = Effect.fnUntraced(function*(name: OrderName, credentials: Merchant, input: ProceedInput) {
  const gateway = yield* PaymentGateway
  const { paymentId } = input
  const { value } = yield* Effect.andThen(scheduleRefresh(name, refreshAfterMs), gateway.proceed(credentials, input))
    .pipe(
      Effect.tapError((failure) =>
        failure._tag === "GatewayFailure" && mayHaveHappened("proceed", failure.reason) ||
          !paymentNumber.test(paymentId)
          ? Effect.void
          : letGo(name, paymentId)
      ),
      Effect.uninterruptible
    )
  return value
})
