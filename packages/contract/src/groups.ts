/**
 * The groups of the API, each loaded when it is asked for: a command speaks to one or two of them.
 */
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import type { DocdataApi } from "./DocdataApi.ts"

/** The name of a group: `orders`. */
export type GroupName = keyof typeof DocdataApi.groups

/** Loads the definition of a group. */
export const groups: Readonly<Record<GroupName, () => Promise<HttpApiGroup.Constraint>>> = {
  orders: async () => (await import("./orders/ordersApi.ts")).Orders,
  payments: async () => (await import("./payments/paymentsApi.ts")).Payments,
  captures: async () => (await import("./modifications/modificationsApi.ts")).Captures,
  refunds: async () => (await import("./modifications/modificationsApi.ts")).Refunds,
  modifications: async () => (await import("./modifications/modificationsApi.ts")).Modifications,
  "shop-orders": async () => (await import("./shopOrders/shopOrdersApi.ts")).ShopOrders,
  events: async () => (await import("./events/eventsApi.ts")).Events,
  anomalies: async () => (await import("./anomalies/anomaliesApi.ts")).Anomalies,
  notifications: async () => (await import("./notifications/notificationsApi.ts")).Notifications,
  merchants: async () => (await import("./merchants/merchantsApi.ts")).Merchants,
  "webhook-endpoints": async () => (await import("./webhooks/webhooksApi.ts")).WebhookEndpoints,
  "webhook-deliveries": async () => (await import("./webhooks/webhooksApi.ts")).WebhookDeliveries
}
