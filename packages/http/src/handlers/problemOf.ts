/**
 * From what a use case fails with to what the REST API answers.
 */
import {
  type CancelFailure,
  type ChargeFailure,
  type CreateFailure,
  type GatewayFailure,
  mayHaveHappened,
  type MenuUrlFailure,
  type ModificationFailure,
  type RefreshFailure,
  type ResolveFailure,
  type StoreFailure
} from "@docdata/application"
import { type CodesOf, type Problem, problem } from "../api/problemCatalogue.ts"

/** Everything an operation on an order fails with. */
export type OrderFailure =
  | CreateFailure
  | RefreshFailure
  | CancelFailure
  | ChargeFailure
  | ModificationFailure
  | ResolveFailure
  | MenuUrlFailure

/** The problems that an operation on an order may answer with. */
export type OrderProblem = Problem<CodesOf<403 | 404 | 409 | 422 | 502 | 503>>

// The reference of one that failed is used up: repeated, it answers that it failed, and nobody is asked.
const askAnew = "ask under a new reference"

const afterGatewayFailure = ({ operation, reason }: GatewayFailure): OrderProblem => {
  if (mayHaveHappened(operation, reason)) {
    return problem("outcome-unknown", `${operation} may have been executed: read the order before repeating`)
  }
  const isModification = operation === "capture" || operation === "refund"
  const anew = isModification ? `; then ${askAnew}` : ""
  switch (reason._tag) {
    case "Rejected":
      // The provider's own texts may echo what was sent: only its codes go out.
      return problem("provider-refused", `refused with ${reason.errors.map(({ code }) => code).join(", ")}${anew}`)
    case "RefusedBeforeSending":
      return problem(
        "request-refused",
        `correct the fields named in errors${anew}`,
        reason.problems.map(({ message, path }) => ({ path, message }))
      )
    case "Fault":
    case "UnreadableReply":
    case "TransportFailure":
      return problem(
        "provider-unavailable",
        isModification ? `no money moved; later ${askAnew}` : "repeating is safe; try again later"
      )
  }
}

/** A store that did not do its work. */
export const storeProblemOf = ({ retryable }: StoreFailure): Problem<"store-unavailable"> =>
  problem("store-unavailable", retryable ? "try again later" : "read the order before repeating")

/** A capture or refund that failed, for good. */
export const modificationFailed = (): Problem<"modification-failed"> =>
  problem("modification-failed", `no money moved and none will: ${askAnew}`)

/** The problem. Nothing of the request and nothing of the store is in it. */
export const problemOf = (failure: OrderFailure): OrderProblem => {
  switch (failure._tag) {
    case "OrderNotFound":
      return problem("order-not-found", "no order of your merchants has this id")
    case "PaymentNotFound":
      return problem("payment-not-found", "read the order for the ids of its payments")
    case "ModificationNotFound":
      return problem("modification-not-found", "read the modifications of the order")
    case "ModificationNotUnclear":
      return problem("wrong-state", `the ${failure.kind} is ${failure.state}, not unclear`)
    case "ResolvedTooEarly":
      return problem("wrong-state", "the request may still be on its way: resolve it some minutes later")
    case "UnnamedRefundUnderWay":
      return problem(
        "wrong-state",
        `the newest report shows a refund of ${failure.amountMinor} (minor units) under way that nothing names, and it may be ` +
          "this one: resolve it when that one is done or failed"
      )
    case "UnknownMerchant":
      return problem("unknown-merchant", "name an account that this service knows")
    case "MerchantMismatch":
      return problem("wrong-state", "the account no longer acts for the merchant of this order")
    case "MerchantInactive":
      return problem("merchant-inactive", "switch the account on first")
    case "IdempotencyConflict":
      return problem("idempotency-conflict", "use a key of its own for each request")
    case "CreateUnfinished":
      return failure.registration === "abandoned"
        ? problem("create-unfinished", "the order was given up: create it again under a new key")
        : problem("create-unfinished", "the order is still being created, or its creation was never answered")
    case "AlreadyTaken":
      return failure.what === "idempotency-key"
        ? problem("idempotency-conflict", "use a key of its own for each request")
        : problem("already-taken", `this ${failure.what} exists already`)
    case "AlreadyCharged":
      return problem(
        "already-charged",
        "nothing was asked: refresh the order that took the period; new again long after the try, it may be charged"
      )
    case "NotConfirmed":
      return problem("order-not-confirmed", `the order is ${failure.registration}: create it again`)
    case "WrongState":
      return problem("wrong-state", `the order is ${failure.status}`)
    case "Contended":
      return problem("contended", "nothing was lost; try again")
    case "ModificationTooLarge":
      return problem("amount-too-large", `${failure.leftMinor} is left`)
    case "MenuUrlFailure":
      return problem("request-refused", failure.message)
    case "GatewayFailure":
      return afterGatewayFailure(failure)
    case "StoreFailure":
      return storeProblemOf(failure)
  }
}
