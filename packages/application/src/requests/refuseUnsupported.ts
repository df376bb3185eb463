/**
 * Refusing what the payment provider cannot do before anything is stored for it.
 */
import * as Effect from "effect/Effect"
import { GatewayFailure, type Operation, PaymentGateway } from "../ports/index.ts"

/** Fails, as the gateway would, if the provider has no such operation. */
export const refuseUnsupported = (operation: Operation): Effect.Effect<void, GatewayFailure, PaymentGateway> =>
  Effect.flatMap(PaymentGateway, ({ unsupported }) =>
    unsupported?.has(operation) === true
      ? Effect.fail(new GatewayFailure({ operation, reason: { _tag: "Unsupported" } }))
      : Effect.void)
