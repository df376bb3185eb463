/**
 * The REST API as a definition: no handlers. The OpenAPI document and the typed client come from it.
 */
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import { AnomaliesGroup } from "./Anomalies.ts"
import { Authorization, RequestShape } from "./Authorization.ts"
import { describeApi } from "./describeApi.ts"
import { Events } from "./Events.ts"
import { MerchantsGroup } from "./Merchants.ts"
import { Modifications } from "./Modifications.ts"
import { Payments } from "./Payments.ts"
import {
  CancelView,
  ExplanationView,
  ModificationView,
  ObservationPage,
  OrderPage,
  OrderView,
  PaymentMethodsView,
  TimelineView
} from "./OrderView.ts"
import { orderProblems, Problem400 } from "./problems.ts"
import {
  CaptureRequest,
  CreateOrderRequest,
  IdempotencyHeader,
  ListQuery,
  ObservationQuery,
  OrderParams,
  RefundRequest
} from "./requests.ts"
import { WebhookDeliveries, WebhookEndpointsGroup } from "./webhooksApi.ts"

class Orders extends HttpApiGroup.make("orders").add(
  HttpApiEndpoint.post("create", "/", {
    headers: IdempotencyHeader,
    payload: CreateOrderRequest,
    success: OrderView.pipe(HttpApiSchema.status(201)),
    error: orderProblems
  }),
  HttpApiEndpoint.get("list", "/", {
    query: ListQuery,
    success: OrderPage,
    error: [...orderProblems, Problem400]
  }),
  HttpApiEndpoint.get("read", "/:orderId", { params: OrderParams, success: OrderView, error: orderProblems }),
  HttpApiEndpoint.post("refresh", "/:orderId/refresh", {
    params: OrderParams,
    success: OrderView,
    error: orderProblems
  }),
  HttpApiEndpoint.get("timeline", "/:orderId/timeline", {
    params: OrderParams,
    success: TimelineView,
    error: orderProblems
  }),
  HttpApiEndpoint.get("explanation", "/:orderId/explanation", {
    params: OrderParams,
    success: ExplanationView,
    error: orderProblems
  }),
  HttpApiEndpoint.get("observations", "/:orderId/observations", {
    params: OrderParams,
    query: ObservationQuery,
    success: ObservationPage,
    error: orderProblems
  }),
  HttpApiEndpoint.get("methods", "/:orderId/payment-methods", {
    params: OrderParams,
    success: PaymentMethodsView,
    error: orderProblems
  }),
  HttpApiEndpoint.post("capture", "/:orderId/captures", {
    params: OrderParams,
    payload: CaptureRequest,
    success: ModificationView.pipe(HttpApiSchema.status(202)),
    error: orderProblems
  }),
  HttpApiEndpoint.post("refund", "/:orderId/refunds", {
    params: OrderParams,
    payload: RefundRequest,
    success: ModificationView.pipe(HttpApiSchema.status(202)),
    error: orderProblems
  }),
  HttpApiEndpoint.post("cancel", "/:orderId/cancel", {
    params: OrderParams,
    success: CancelView,
    error: orderProblems
  }),
  HttpApiEndpoint.post("clearHold", "/:orderId/clear-hold", {
    params: OrderParams,
    success: OrderView,
    error: orderProblems
  }),
  HttpApiEndpoint.post("expire", "/:orderId/expire", {
    params: OrderParams,
    success: OrderView,
    error: orderProblems
  })
).middleware(Authorization).prefix("/v1/orders") {}

export class DocdataApi extends HttpApi.make("docdata").add(
  Orders,
  Payments,
  Modifications,
  Events,
  AnomaliesGroup,
  MerchantsGroup,
  WebhookEndpointsGroup,
  WebhookDeliveries
)
  .middleware(RequestShape)
  .annotate(HttpApi.PayloadParseOptions, { onExcessProperty: "error", errors: "all" })
  // A filter that is misspelt would show everything.
  .annotate(HttpApi.QueryParseOptions, { onExcessProperty: "error", errors: "all" })
  .annotateMerge(OpenApi.annotations({ title: "Docdata orders", version: "1.0.0", transform: describeApi }))
{}
