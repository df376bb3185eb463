/**
 * Start a payment without the payment menu.
 *
 * Allowed while the order is new, in progress or pending. Each call is a payment of its own: nothing is repeated.
 * Afterwards a new order is in progress, with an event, unless the attempt failed at once; and it is refreshed soon
 * whatever the answer was.
 */
import * as Effect from "effect/Effect"
import {
  type EventSink,
  type GatewayFailure,
  type Merchants,
  type OrderName,
  type OrderStore,
  type PaymentChoice,
  PaymentGateway,
  type StartedPayment,
  type StartPaymentInput
} from "../ports/index.ts"
import { refuseUnsupported } from "../requests/index.ts"
import { beginPayment } from "./beginPayment.ts"
import {
  type Contended,
  MerchantInactive,
  type OpenFailure,
  openOrder,
  scheduleRefresh,
  WrongState
} from "../commit/index.ts"

export type StartFailure = OpenFailure | MerchantInactive | WrongState | GatewayFailure | Contended

// The shopper is at the bank now; what came of it is known in a moment.
const refreshAfterMs = 15_000

/** How a payment is started here. A repeat of a series is charged by `chargeRecurring`, once for each period. */
export type ShopperPayment = Exclude<PaymentChoice, { readonly _tag: "Recurring" }>

/** Starts a payment. Not repeatable; after a failure that may have been executed, refresh the order first. */
export const startPayment = Effect.fn("StartPayment")(function*(
  name: OrderName,
  input: Pick<StartPaymentInput, "amount"> & { readonly payment: ShopperPayment }
): Effect.fn.Return<StartedPayment, StartFailure, OrderStore | Merchants | PaymentGateway | EventSink> {
  const { account, credentials, order } = yield* openOrder(name)
  if (!account.active) return yield* new MerchantInactive({ merchant: account.name })
  const { status } = order.state
  if (status !== "new" && status !== "in_progress" && status !== "pending") {
    return yield* new WrongState({ orderId: order.id, wanted: "starting a payment", status })
  }
  yield* refuseUnsupported("start")
  const gateway = yield* PaymentGateway
  const byId: OrderName = { by: "id", id: order.id }
  return yield* Effect.uninterruptible(Effect.gen(function*() {
    yield* scheduleRefresh(byId, refreshAfterMs)
    const { value } = yield* gateway.start(credentials, { ...input, orderKey: order.state.key })
    // The shopper has to go on whatever our store says; the refresh finds out what it could not keep.
    if (value.payment._tag !== "Failed") {
      yield* beginPayment(order.id, account).pipe(
        Effect.asVoid,
        Effect.catch(({ _tag }) =>
          Effect.logWarning("a payment was started, and the order could not be put in progress", {
            orderId: order.id,
            failure: _tag
          })
        )
      )
    }
    return value
  }))
})
