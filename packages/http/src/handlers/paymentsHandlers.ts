/**
 * The handlers of the payments group.
 */
import {
  chargeRecurring,
  type MenuOptions,
  orderMenuUrl,
  type PaymentResponse,
  proceedPayment,
  type Redirect,
  startPayment,
  type StoredOrder
} from "@docdata/application"
import { apiOf, type MenuUrlQuery, PaymentsGroup, type ProceededPayment, type StartedPayment } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { routesOf } from "./routesOf.ts"
import { returnUrlsOf, ServiceSettings } from "../callbacks/ServiceSettings.ts"
import { byId, operableOrder, viewOfStored, visibleOrder } from "./orderAccess.ts"
import { problemOf } from "./problemOf.ts"

/** The provider's own texts may echo what was sent: they stay inside. */
const outcomeOf = (response: PaymentResponse): (typeof ProceededPayment.Type)["payment"] => {
  switch (response._tag) {
    case "Accepted": {
      const { paymentId, status } = response
      return { outcome: "Accepted", paymentId, status }
    }
    case "Failed": {
      const { code, paymentId, status } = response
      return {
        outcome: "Failed",
        code,
        ...(paymentId === undefined ? {} : { paymentId }),
        ...(status === undefined ? {} : { status })
      }
    }
    case "InsufficientData":
    case "Silent":
      return { outcome: response._tag }
  }
}

const redirectOf = ({ method, parameters, url }: Redirect): NonNullable<(typeof StartedPayment.Type)["redirect"]> => ({
  method,
  url: Redacted.value(url),
  parameters: parameters.map(({ name, value }) => ({ name, value: Redacted.value(value) }))
})

const returnUrls = (order: StoredOrder) =>
  Effect.map(
    ServiceSettings,
    (settings) => returnUrlsOf(settings, { merchant: order.merchant, key: order.state.key })
  )

const menuOptionsOf = (query: typeof MenuUrlQuery.Type): MenuOptions => {
  const { client_language: language, default_act, default_pm: defaultMethod, ideal_issuer_id: idealIssuerId } = query
  return {
    ...(language === undefined ? {} : { language }),
    ...(defaultMethod === undefined ? {} : { defaultMethod }),
    ...(default_act === "true" ? { skipMenu: true } : {}),
    ...(idealIssuerId === undefined ? {} : { idealIssuerId })
  }
}

const api = apiOf(PaymentsGroup)

export const paymentsRoutes = routesOf(
  api,
  HttpApiBuilder.group(api, "payments", (handlers) =>
    handlers.handleAll({
      start: Effect.fn("http.payments.start")(function*({ params, payload }) {
        const { order } = yield* operableOrder(params.orderId)
        const { started: returnUrl } = yield* returnUrls(order)
        const { payment, redirect } = yield* Effect.mapError(
          startPayment(byId(order.id), { ...payload, payment: { returnUrl, ...payload.payment } }),
          problemOf
        )
        const view: typeof StartedPayment.Type = {
          payment: outcomeOf(payment),
          ...(redirect === undefined ? {} : { redirect: redirectOf(redirect) }),
          order: yield* viewOfStored(order.id)
        }
        return view
      }),
      chargeRecurring: Effect.fn("http.payments.chargeRecurring")(function*({ params, payload }) {
        const { order } = yield* operableOrder(params.orderId)
        const { payment } = yield* Effect.mapError(chargeRecurring(byId(order.id), payload), problemOf)
        return { payment: outcomeOf(payment), order: yield* viewOfStored(order.id) }
      }),
      proceed: Effect.fn("http.payments.proceed")(function*({ params, payload }) {
        const { order } = yield* operableOrder(params.orderId)
        const { response } = yield* Effect.mapError(proceedPayment(byId(order.id), payload), problemOf)
        return { payment: outcomeOf(response), order: yield* viewOfStored(order.id) }
      }),
      menuUrl: Effect.fn("http.payments.menuUrl")(function*({ params, query }) {
        const { order } = yield* visibleOrder(params.orderId)
        const { menu } = yield* returnUrls(order)
        const { menus } = yield* ServiceSettings
        const request = { ...menuOptionsOf(query), returnUrls: menu }
        return { url: yield* Effect.mapError(orderMenuUrl(byId(order.id), request, menus), problemOf) }
      })
    }))
)
