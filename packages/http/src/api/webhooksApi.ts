/**
 * Webhook endpoints and their deliveries, as a definition.
 */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { Authorization } from "./Authorization.ts"
import { Problem400, webhookProblems } from "./problems.ts"
import {
  AddEndpointRequest,
  DeliveriesQuery,
  DeliveryPage,
  DeliveryParams,
  DeliveryView,
  EndpointList,
  EndpointParams,
  EndpointView,
  RedeliverRequest,
  RedeliverView,
  RevealedEndpoint,
  TestView
} from "./WebhookView.ts"

const error = webhookProblems

/** Reading needs the scope read, sending a test operate, everything else admin. */
export class WebhookEndpointsGroup extends HttpApiGroup.make("webhook-endpoints").add(
  HttpApiEndpoint.get("list", "/", { success: EndpointList, error }),
  HttpApiEndpoint.post("add", "/", {
    payload: AddEndpointRequest,
    success: RevealedEndpoint.pipe(HttpApiSchema.status(201)),
    error
  }),
  HttpApiEndpoint.get("read", "/:endpointId", { params: EndpointParams, success: EndpointView, error }),
  HttpApiEndpoint.delete("remove", "/:endpointId", { params: EndpointParams, success: HttpApiSchema.NoContent, error }),
  HttpApiEndpoint.post("rotate", "/:endpointId/rotate", {
    params: EndpointParams,
    success: RevealedEndpoint,
    error
  }),
  HttpApiEndpoint.post("enable", "/:endpointId/enable", { params: EndpointParams, success: EndpointView, error }),
  HttpApiEndpoint.post("disable", "/:endpointId/disable", { params: EndpointParams, success: EndpointView, error }),
  HttpApiEndpoint.post("test", "/:endpointId/test", { params: EndpointParams, success: TestView, error })
).middleware(Authorization).prefix("/v1/webhook-endpoints") {}

/** Reading needs the scope read, redelivering operate. */
export class WebhookDeliveries extends HttpApiGroup.make("webhook-deliveries").add(
  HttpApiEndpoint.get("list", "/", {
    params: EndpointParams,
    query: DeliveriesQuery,
    success: DeliveryPage,
    error: [...error, Problem400]
  }),
  HttpApiEndpoint.post("redeliverDeadLetters", "/redeliver", {
    params: EndpointParams,
    payload: RedeliverRequest,
    success: RedeliverView,
    error
  }),
  HttpApiEndpoint.get("read", "/:eventId", { params: DeliveryParams, success: DeliveryView, error }),
  HttpApiEndpoint.post("redeliver", "/:eventId/redeliver", { params: DeliveryParams, success: DeliveryView, error })
).middleware(Authorization).prefix("/v1/webhook-endpoints/:endpointId/deliveries") {}
