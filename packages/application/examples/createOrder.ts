import { type CreateOrderInput, type GatewayFailure, mayHaveHappened, type Merchant } from "@docdata/application"
import { PaymentGateway, paymentMenuUrl } from "@docdata/application"
import * as Effect from "effect/Effect"

/** Registers an order and says where to send the shopper, or what to do next. */
export const checkout = (merchant: Merchant, order: CreateOrderInput) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    const { value } = yield* gateway.create(merchant, order)
    return paymentMenuUrl({ merchant, orderKey: value.orderKey, language: "nl", defaultMethod: "IDEAL" })
  }).pipe(
    Effect.catchTag("GatewayFailure", ({ message, operation, reason }: GatewayFailure) =>
      Effect.succeed(mayHaveHappened(operation, reason) ? `look first: ${message}` : `try again: ${message}`))
  )
