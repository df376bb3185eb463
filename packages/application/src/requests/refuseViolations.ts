/**
 * Refusing a request for its mistakes before anything is stored for it: a reference, a key or a period that was stored
 * is used up, and neither a mistake in typing nor what the provider cannot do may use up any.
 */
import * as Effect from "effect/Effect"
import {
  GatewayFailure,
  type InputOf,
  type Merchant,
  type Operation,
  PaymentGateway,
  type Problem
} from "../ports/index.ts"
import { requestViolations } from "./requestProblems.ts"

/** Fails, as the gateway would, if the provider has no such operation. */
export const refuseUnsupported = (operation: Operation): Effect.Effect<void, GatewayFailure, PaymentGateway> =>
  Effect.flatMap(PaymentGateway, ({ unsupported }) =>
    unsupported?.has(operation) === true
      ? Effect.fail(new GatewayFailure({ operation, reason: { _tag: "Unsupported" } }))
      : Effect.void)

/** Fails, as the gateway would, with everything that is certainly wrong with the request, or if nobody can do it. */
export const refuseViolations = <O extends Operation>(
  operation: O,
  call: { readonly merchant: Merchant; readonly input: InputOf<O> }
): Effect.Effect<void, GatewayFailure, PaymentGateway> => {
  const [first, ...rest] = requestViolations(operation, call).map(inOwnTerms)
  if (first === undefined) return refuseUnsupported(operation)
  const reason = { _tag: "RefusedBeforeSending", problems: [first, ...rest] } as const
  return Effect.fail(new GatewayFailure({ operation, reason }))
}

/** Use cases know a refund without its scope. */
const inOwnTerms = (problem: Problem): Problem => ({ ...problem, path: problem.path.replace(/^scope\./, "") })
