/**
 * From what a use case fails with to what the API answers. Each failure has its problems, so that the compiler knows which
 * codes an operation can answer with.
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
import { type Problem, problem } from "@docdata/contract"

/** Everything an operation on an order fails with. */
type OrderFailure =
  | CreateFailure
  | RefreshFailure
  | CancelFailure
  | ChargeFailure
  | ModificationFailure
  | ResolveFailure
  | MenuUrlFailure

type Codes = {
  readonly OrderNotFound: "order-not-found"
  readonly PaymentNotFound: "payment-not-found"
  readonly ModificationNotFound: "modification-not-found"
  readonly ModificationNotUnclear: "wrong-state"
  readonly ResolvedTooEarly: "wrong-state"
  readonly UnnamedRefundUnderWay: "wrong-state"
  readonly UnknownMerchant: "unknown-merchant"
  readonly MerchantMismatch: "wrong-state"
  readonly MerchantInactive: "merchant-inactive"
  readonly IdempotencyConflict: "idempotency-conflict"
  readonly CreateUnfinished: "create-unfinished"
  readonly AlreadyTaken: "already-taken"
  readonly AlreadyCharged: "already-charged"
  readonly NotConfirmed: "order-not-confirmed"
  readonly WrongState: "wrong-state"
  readonly Contended: "contended"
  readonly ModificationTooLarge: "amount-too-large"
  readonly MenuUrlFailure: "request-refused"
  readonly GatewayFailure: "outcome-unknown" | "provider-refused" | "request-refused" | "provider-unavailable"
  readonly StoreFailure: "store-unavailable"
}

type Tag = OrderFailure["_tag"]

// The gateway names fields of its own input; the caller's stand elsewhere.
const pathOf = (operation: GatewayFailure["operation"], path: string): string =>
  operation === "create" ? `order.${path}` : path.replace(/^scope\./, "")

const withoutAnswer = ({ operation, reason }: GatewayFailure): Problem<Codes["GatewayFailure"]> => {
  if (mayHaveHappened(operation, reason)) {
    return problem("outcome-unknown", `${operation} may have been executed: read the order before repeating`)
  }
  switch (reason._tag) {
    case "Rejected":
      // The provider's own texts may echo what was sent: only its codes go out.
      return problem("provider-refused", `refused with ${reason.errors.map(({ code }) => code).join(", ")}`)
    case "RefusedBeforeSending": {
      const errors = reason.problems.map(({ message, path }) => ({ path: pathOf(operation, path), message }))
      return problem("request-refused", "correct the fields named in errors", { errors })
    }
    case "Unsupported":
      return problem("provider-refused", `the payment provider has no operation ${operation}: use its back office`)
    case "Fault":
    case "UnreadableReply":
    case "TransportFailure":
      return problem("provider-unavailable", "repeating is safe; try again later")
  }
}

/**
 * The problem of a create under a key. Nobody has the key of an order that was lost, so that the request may be repeated;
 * only the beginning of a series may have charged somebody.
 */
export const createProblemOf = (failure: CreateFailure, beginsSeries: boolean): Problem<Codes[CreateFailure["_tag"]]> =>
  failure._tag === "GatewayFailure" && mayHaveHappened("create", failure.reason) && !beginsSeries
    ? problem(
      "outcome-unknown",
      "the payment provider may have an order that nobody can pay; repeating makes another one",
      {
        nextStep: "Repeat the request with the same key.",
        retryable: true
      }
    )
    : problemOf(failure)

/** A store that did not do its work. */
export const storeProblemOf = ({ retryable }: StoreFailure): Problem<"store-unavailable"> =>
  problem("store-unavailable", retryable ? "try again later" : "read the order before repeating", { retryable })

/** A capture or refund that failed, for good. */
export const modificationFailed = (): Problem<"modification-failed"> =>
  problem("modification-failed", "no money moved and none will: ask under a new reference")

type Answers = { readonly [T in Tag]: (failure: Extract<OrderFailure, { readonly _tag: T }>) => Problem<Codes[T]> }

const answers: Answers = {
  OrderNotFound: () => problem("order-not-found", "no order of your merchants has this id"),
  PaymentNotFound: () => problem("payment-not-found", "read the order for the ids of its payments"),
  ModificationNotFound: () => problem("modification-not-found", "list the modifications of the order"),
  ModificationNotUnclear: ({ kind, state }) => problem("wrong-state", `the ${kind} is ${state}, not unclear`),
  ResolvedTooEarly: () => problem("wrong-state", "the request may still be on its way: resolve it some minutes later"),
  UnnamedRefundUnderWay: ({ amountMinor }) =>
    problem(
      "wrong-state",
      `the newest report shows a refund of ${amountMinor} (minor units) under way that nothing names, and it may be ` +
        "this one: resolve it when that one is done or failed"
    ),
  UnknownMerchant: () => problem("unknown-merchant", "name an account that this service knows"),
  MerchantMismatch: () => problem("wrong-state", "the account no longer acts for the merchant of this order"),
  MerchantInactive: () => problem("merchant-inactive", "switch the account on first"),
  IdempotencyConflict: () => problem("idempotency-conflict", "use a key of its own for each request"),
  CreateUnfinished: ({ isUnderWay }) =>
    isUnderWay
      ? problem("create-unfinished", "the order is still being created")
      : problem("create-unfinished", "Docdata never answered whether it began the series", {
        nextStep: "Look at Docdata's back office: the shopper may have been charged.",
        retryable: false
      }),
  AlreadyTaken: ({ what }) => problem("already-taken", `this ${what} exists already`),
  AlreadyCharged: () =>
    problem(
      "already-charged",
      "nothing was asked: read the order that took the period; new again long after the call, it may be charged"
    ),
  NotConfirmed: ({ registration }) => problem("order-not-confirmed", `the order is ${registration}: create it again`),
  WrongState: ({ status }) => problem("wrong-state", `the order is ${status}`),
  Contended: () => problem("contended", "nothing was lost; try again"),
  ModificationTooLarge: ({ leftMinor }) => problem("amount-too-large", `${leftMinor} is left`),
  MenuUrlFailure: ({ message }) => problem("request-refused", message),
  GatewayFailure: withoutAnswer,
  StoreFailure: storeProblemOf
}

/** The problem. Nothing of the request and nothing of the store is in it. */
export const problemOf = <Failure extends OrderFailure>(failure: Failure): Problem<Codes[Failure["_tag"]]> =>
  // One entry for each tag: the one of this failure takes it.
  (answers[failure._tag] as (failure: OrderFailure) => Problem<Codes[Failure["_tag"]]>)(failure)
