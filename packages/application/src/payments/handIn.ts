/**
 * Handing in to Docdata what a shopper brought back, once per payment: whoever wants to writes down first that Docdata
 * will be asked, and of several the one who did asks.
 */
import * as Effect from "effect/Effect"
import {
  mayHaveHappened,
  type Merchant,
  type OrderName,
  type OrderNews,
  OrderStore,
  PaymentGateway,
  type ProceedInput,
  type StoredEvent
} from "../ports/index.ts"
import { changeOrder, changeWith, lookSoon } from "../commit/index.ts"

const lookAfterMs = 15_000

// The digits that Docdata takes. Anything else is refused before it is sent, and no event names it.
const paymentNumber = /^[1-9]\d{0,29}$/

const isAbout = (news: OrderNews, paymentId: string): boolean =>
  (news.type === "payment.proceeded" || news.type === "payment.not_proceeded") && news.paymentId === paymentId

const isHandedIn = (events: ReadonlyArray<StoredEvent>, paymentId: string): boolean =>
  events.findLast(({ news }) => isAbout(news, paymentId))?.news.type === "payment.proceeded"

/** What may keep a claim from being made. */
interface Claim {
  readonly paymentId: string
  /** The order's revision that the payment was chosen on; any if absent. */
  readonly revision?: number
  /** Told before the claim. */
  readonly news?: ReadonlyArray<OrderNews>
}

/**
 * Writes down that Docdata will be asked: `claimed` if by this call, `taken` if somebody may have asked before,
 * `outdated` if the order has changed since `revision`. Also for a payment that no look has found yet: a shop may
 * proceed within seconds after the start.
 */
export const claimHandIn = Effect.fnUntraced(function*(name: OrderName, { news = [], paymentId, revision }: Claim) {
  if (!paymentNumber.test(paymentId)) return "claimed"
  const store = yield* OrderStore
  let outcome: "claimed" | "taken" | "outdated" = "taken"
  yield* changeWith(name, ({ order }) =>
    Effect.map(store.events(order.id), (events) => {
      if (isHandedIn(events, paymentId)) outcome = "taken"
      else outcome = order.revision === (revision ?? order.revision) ? "claimed" : "outdated"
      return outcome === "claimed" ? { news: [...news, { type: "payment.proceeded", paymentId }] } : undefined
    }))
  return outcome
})

// A claim that cannot be let go stays: nobody asks then, which is the safe side.
const letGo = (name: OrderName, paymentId: string) =>
  changeOrder(name, () => ({ news: [{ type: "payment.not_proceeded", paymentId }] })).pipe(
    Effect.catch(({ _tag }) =>
      Effect.logWarning("a payment did not proceed, and this could not be written down", { paymentId, failure: _tag })
    )
  )

/** Hands in what was claimed, and lets the claim go if it is certain that Docdata did nothing with it. */
export const handIn = Effect.fnUntraced(function*(name: OrderName, credentials: Merchant, input: ProceedInput) {
  const gateway = yield* PaymentGateway
  const { paymentId } = input
  const { value } = yield* Effect.andThen(lookSoon(name, lookAfterMs), gateway.proceed(credentials, input)).pipe(
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
