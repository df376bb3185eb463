/**
 * The handlers of captures, refunds and modifications.
 */
import {
  capturePayment,
  type Modification,
  type OrderSnapshot,
  OrderStore,
  refundPayment,
  resolveModification
} from "@docdata/application"
import {
  apiOf,
  type CaptureRequest,
  CapturesGroup,
  ModificationsGroup,
  problem,
  type RefundRequest,
  RefundsGroup
} from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { routesOf } from "./routesOf.ts"
import { operating } from "../access/authorize.ts"
import { captureView, modificationView, refundView } from "../views/modificationView.ts"
import { byId, operableOrder, visibleOrder } from "./orderAccess.ts"
import { modificationFailed, problemOf } from "./problemOf.ts"

type Requested = Pick<typeof CaptureRequest.Type | typeof RefundRequest.Type, "amount" | "paymentId">

// Minor units alone would be taken for those of the payment.
const amountOf = (
  { order, payments }: OrderSnapshot,
  { amount, paymentId }: Requested
) => {
  if (amount === undefined) return Effect.succeed({})
  const row = payments.find((payment) => payment.paymentId === paymentId)
  const currency = row?.currency ?? order.currency
  return amount.currency === currency
    ? Effect.succeed({ amountMinor: amount.minor })
    : Effect.fail(problem("request-refused", "correct the fields named in errors", {
      errors: [{ path: "amount.currency", message: `the payment is in ${currency}` }]
    }))
}

// A repetition answers what became of the first, and one that failed must not look as if it was taken.
const unlessFailed = (modification: Modification) =>
  modification.state === "failed" ? Effect.fail(modificationFailed()) : Effect.succeed(modification)

const modificationsOf = Effect.fnUntraced(function*(orderId: string) {
  const { order } = yield* visibleOrder(orderId)
  return yield* Effect.mapError((yield* OrderStore).modifications(order.id), problemOf)
})

const ofKind = (kind: Modification["kind"]) => (modification: Modification): boolean => modification.kind === kind

const capturesApi = apiOf(CapturesGroup)

export const capturesRoutes = routesOf(
  capturesApi,
  HttpApiBuilder.group(capturesApi, "captures", (handlers) =>
    handlers.handleAll({
      list: Effect.fn("http.captures.list")(function*({ params }) {
        return { captures: (yield* modificationsOf(params.orderId)).filter(ofKind("capture")).map(captureView) }
      }),
      create: Effect.fn("http.captures.create")(function*({ params, payload }) {
        const snapshot = yield* operableOrder(params.orderId)
        const { amount: _, captureReference: reference, ...rest } = payload
        const request = { ...rest, reference, ...yield* amountOf(snapshot, payload) }
        const captured = yield* Effect.mapError(capturePayment(byId(snapshot.order.id), request), problemOf)
        return captureView(yield* unlessFailed(captured))
      })
    }))
)

const refundsApi = apiOf(RefundsGroup)

export const refundsRoutes = routesOf(
  refundsApi,
  HttpApiBuilder.group(refundsApi, "refunds", (handlers) =>
    handlers.handleAll({
      list: Effect.fn("http.refunds.list")(function*({ params }) {
        return { refunds: (yield* modificationsOf(params.orderId)).filter(ofKind("refund")).map(refundView) }
      }),
      create: Effect.fn("http.refunds.create")(function*({ params, payload }) {
        const snapshot = yield* operableOrder(params.orderId)
        const { amount: _, refundReference: reference, ...rest } = payload
        const request = { ...rest, reference, ...yield* amountOf(snapshot, payload) }
        const refunded = yield* Effect.mapError(refundPayment(byId(snapshot.order.id), request), problemOf)
        return refundView(yield* unlessFailed(refunded))
      })
    }))
)

const modificationsApi = apiOf(ModificationsGroup)

export const modificationsRoutes = routesOf(
  modificationsApi,
  HttpApiBuilder.group(modificationsApi, "modifications", (handlers) =>
    handlers.handleAll({
      list: Effect.fn("http.modifications.list")(function*({ params }) {
        return { modifications: (yield* modificationsOf(params.orderId)).map(modificationView) }
      }),
      resolve: Effect.fn("http.modifications.resolve")(function*({ params, payload }) {
        const { order } = yield* operableOrder(params.orderId)
        const verdict = { ...payload, by: (yield* operating).keyId }
        return modificationView(yield* Effect.mapError(resolveModification(byId(order.id), verdict), problemOf))
      })
    }))
)
