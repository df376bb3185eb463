/**
 * Webhook endpoints and their deliveries.
 */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { Authorization } from "../Authorization.ts"
import { group, operation } from "../describe.ts"
import { problems } from "../problems.ts"
import {
  Delivery,
  DeliveryPage,
  DeliveryQuery,
  eventIdOfDelivery,
  Redelivered,
  RedeliverRequest,
  WebhookTest
} from "../deliveries/Delivery.ts"
import {
  AddEndpointRequest,
  endpointId,
  RevealedWebhookEndpoint,
  WebhookEndpoint,
  WebhookEndpointList
} from "./WebhookEndpoint.ts"

const reading = problems("endpoint-not-found", "store-unavailable")
const changing = problems("forbidden", "endpoint-not-found", "store-unavailable")
const signing = problems("forbidden", "endpoint-not-found", "webhook-key-missing", "store-unavailable")

export class WebhookEndpoints extends HttpApiGroup.make("webhook-endpoints").add(
  HttpApiEndpoint.get("list", "/", { success: WebhookEndpointList, error: problems("store-unavailable") })
    .annotateMerge(operation(
      "List webhook endpoints",
      "The endpoints whose merchants the key all speaks for, oldest first, with how it has been going. Scope read."
    )),
  HttpApiEndpoint.post("add", "/", {
    payload: AddEndpointRequest,
    success: RevealedWebhookEndpoint.pipe(HttpApiSchema.status(201)),
    error: problems(
      "forbidden",
      "unknown-merchant",
      "address-refused",
      "too-many-endpoints",
      "webhook-key-missing",
      "store-unavailable"
    )
  }).annotateMerge(operation(
    "Add a webhook endpoint",
    "From now on events go to this address, signed. The answer shows the secret, or the public key, that signatures are " +
      "checked with; a secret is shown this once. Each call adds one: list before repeating. Scope admin."
  )),
  HttpApiEndpoint.get("read", "/:endpointId", { params: endpointId, success: WebhookEndpoint, error: reading })
    .annotateMerge(operation(
      "Read a webhook endpoint",
      "Address, subscriptions and health of one endpoint. A secret is not shown again, a public key is. Scope read."
    )),
  HttpApiEndpoint.delete("remove", "/:endpointId", {
    params: endpointId,
    success: HttpApiSchema.NoContent,
    error: changing
  }).annotateMerge(operation(
    "Remove a webhook endpoint",
    "Nothing is sent there any more, and its deliveries are forgotten. Repeating finds nothing. Scope admin."
  )),
  HttpApiEndpoint.post("rotate", "/:endpointId/rotate", {
    params: endpointId,
    success: RevealedWebhookEndpoint,
    error: signing
  }).annotateMerge(operation(
    "Replace the key of a webhook endpoint",
    "Shows a new secret or public key. For a day messages carry signatures with the key before as well. Each call replaces " +
      "the key again, and the one before the last is then refused. Scope admin."
  )),
  HttpApiEndpoint.post("enable", "/:endpointId/enable", {
    params: endpointId,
    success: WebhookEndpoint,
    error: changing
  })
    .annotateMerge(operation(
      "Enable a webhook endpoint",
      "What waits for it goes out at once, in order; failures so far are forgotten. Safe to repeat. Scope admin."
    )),
  HttpApiEndpoint.post("disable", "/:endpointId/disable", {
    params: endpointId,
    success: WebhookEndpoint,
    error: changing
  }).annotateMerge(operation(
    "Disable a webhook endpoint",
    "Nothing is sent any more; events go on being kept for it and wait. Safe to repeat. Scope admin."
  )),
  HttpApiEndpoint.post("test", "/:endpointId/test", { params: endpointId, success: WebhookTest, error: signing })
    .annotateMerge(operation(
      "Send a test message",
      "Sends one signed `webhook.test`, also to a disabled endpoint, waits up to 20 seconds, and says what the receiver " +
        "answered. Changes nothing. Scope operate."
    )),
  HttpApiEndpoint.post("redeliver", "/:endpointId/redeliver", {
    params: endpointId,
    payload: RedeliverRequest,
    success: Redelivered,
    error: changing
  }).annotateMerge(operation(
    "Deliver again what became a dead letter",
    "Opens deliveries that became dead letters at a moment or later, and before another one (now, if absent), earliest first, up " +
      "to 1000; `more` says that there are others: ask again, from the same moment until the `deadLetteredUntil` answered. Safe " +
      "to repeat: what is open already is no longer a dead letter. Scope operate."
  ))
).middleware(Authorization).prefix("/v1/webhook-endpoints").annotateMerge(
  group("Where events are sent, signed by the Standard Webhooks specification.")
) {}

const delivery = { ...endpointId, eventId: eventIdOfDelivery }

export class WebhookDeliveries extends HttpApiGroup.make("webhook-deliveries").add(
  HttpApiEndpoint.get("list", "/", {
    params: endpointId,
    query: DeliveryQuery,
    success: DeliveryPage,
    error: problems("bad-request", "endpoint-not-found", "store-unavailable")
  }).annotateMerge(operation(
    "List deliveries of an endpoint",
    "Deliveries in one state, newest event first, in pages. Scope read."
  )),
  HttpApiEndpoint.get("read", "/:eventId", {
    params: delivery,
    success: Delivery,
    error: problems("endpoint-not-found", "delivery-not-found", "store-unavailable")
  }).annotateMerge(operation(
    "Read a delivery",
    "Where the delivery of an event stands, and its newest 50 attempts, oldest first. Scope read."
  )),
  HttpApiEndpoint.post("redeliver", "/:eventId/redeliver", {
    params: delivery,
    success: Delivery,
    error: problems("forbidden", "endpoint-not-found", "delivery-not-found", "store-unavailable")
  }).annotateMerge(operation(
    "Deliver an event again",
    "Opens a delivery again that is done or became a dead letter; one that waits goes at once. The message has the same id, so a " +
      "receiver that remembers ids acts on nothing twice. Repeating sends again. Scope operate."
  ))
).middleware(Authorization).prefix("/v1/webhook-endpoints/:endpointId/deliveries").annotateMerge(
  group("What was sent to an endpoint, and sending it again.")
) {}
