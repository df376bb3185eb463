/**
 * The HTTP API as a definition: no handlers. The OpenAPI document and typed clients come from it.
 */
import * as HttpApi from "effect/http-api/HttpApi"
import * as OpenApi from "effect/http-api/OpenApi"
import { Anomalies } from "./anomalies/anomaliesApi.ts"
import { apiOf } from "./apiOf.ts"
import { Events } from "./events/eventsApi.ts"
import { WebhookBody } from "./events/WebhookBody.ts"
import { Merchants } from "./merchants/merchantsApi.ts"
import { Captures, Modifications, Refunds } from "./modifications/modificationsApi.ts"
import { Notifications } from "./notifications/notificationsApi.ts"
import { Orders } from "./orders/ordersApi.ts"
import { Payments } from "./payments/paymentsApi.ts"
import { problemComponents } from "./problems.ts"
import { ShopOrders } from "./shopOrders/shopOrdersApi.ts"
import { WebhookDeliveries, WebhookEndpoints } from "./webhooks/webhooksApi.ts"

const description = `Orders at Docdata Payments, and why they have the status they have.

Amounts are whole numbers of minor units together with their currency; times are ISO 8601 in UTC. Unknown fields of a request are refused.
Refusals are problem details (RFC 9457) with a \`code\` that keeps its meaning, the next step, and whether repeating is safe.`

export class DocdataApi extends apiOf(
  Orders,
  Payments,
  Captures,
  Refunds,
  Modifications,
  ShopOrders,
  Events,
  Anomalies,
  Notifications,
  Merchants,
  WebhookEndpoints,
  WebhookDeliveries
)
  .annotate(HttpApi.AdditionalSchemas, [WebhookBody, ...problemComponents])
  .annotateMerge(OpenApi.annotations({
    title: "Docdata orders",
    version: "1.0.0",
    description,
    license: { name: "MIT", url: "https://spdx.org/licenses/MIT.html" },
    servers: [{ url: "/", description: "The service that answers this document." }]
  }))
{}
