/**
 * The routes of the REST API by group, each loaded when it is asked for.
 */
import type { GroupName } from "@docdata/contract"

export const groupRoutes = {
  orders: async () => (await import("./ordersHandlers.ts")).ordersRoutes,
  payments: async () => (await import("./paymentsHandlers.ts")).paymentsRoutes,
  captures: async () => (await import("./modificationsHandlers.ts")).capturesRoutes,
  refunds: async () => (await import("./modificationsHandlers.ts")).refundsRoutes,
  modifications: async () => (await import("./modificationsHandlers.ts")).modificationsRoutes,
  "shop-orders": async () => (await import("./shopOrdersHandlers.ts")).shopOrdersRoutes,
  events: async () => (await import("./eventsHandlers.ts")).eventsRoutes,
  anomalies: async () => (await import("./anomaliesHandlers.ts")).anomaliesRoutes,
  notifications: async () => (await import("./notificationsHandlers.ts")).notificationsRoutes,
  merchants: async () => (await import("./merchantsHandlers.ts")).merchantsRoutes,
  "webhook-endpoints": async () => (await import("./webhookEndpointsHandlers.ts")).webhookEndpointsRoutes,
  "webhook-deliveries": async () => (await import("./webhookDeliveriesHandlers.ts")).webhookDeliveriesRoutes
} as const satisfies Readonly<Record<GroupName, () => Promise<unknown>>>
