/**
 * All routes of the service.
 */
import * as Layer from "effect/Layer"
import { notificationRoute } from "../callbacks/notificationRoute.ts"
import { returnRoute } from "../callbacks/returnRoute.ts"
import { anomaliesRoutes } from "../handlers/anomaliesHandlers.ts"
import { eventsRoutes } from "../handlers/eventsHandlers.ts"
import { merchantsRoutes } from "../handlers/merchantsHandlers.ts"
import { capturesRoutes, modificationsRoutes, refundsRoutes } from "../handlers/modificationsHandlers.ts"
import { notificationsRoutes } from "../handlers/notificationsHandlers.ts"
import { ordersRoutes } from "../handlers/ordersHandlers.ts"
import { docsRoutes } from "../docs/docsRoutes.ts"
import { paymentsRoutes } from "../handlers/paymentsHandlers.ts"
import { shopOrdersRoutes } from "../handlers/shopOrdersHandlers.ts"
import { webhookDeliveriesRoutes } from "../handlers/webhookDeliveriesHandlers.ts"
import { webhookEndpointsRoutes } from "../handlers/webhookEndpointsHandlers.ts"
import { healthRoutes } from "./healthRoutes.ts"
import { metricsRoute } from "./metricsRoute.ts"
import { observed } from "./observed.ts"

/** The REST API. */
const api = Layer.mergeAll(
  ordersRoutes,
  paymentsRoutes,
  capturesRoutes,
  refundsRoutes,
  modificationsRoutes,
  shopOrdersRoutes,
  eventsRoutes,
  anomaliesRoutes,
  notificationsRoutes,
  merchantsRoutes,
  webhookEndpointsRoutes,
  webhookDeliveriesRoutes
)

/** The routes; what they need besides the ports is the settings and the keys. */
export const layerRoutes = observed(
  Layer.mergeAll(api, notificationRoute, returnRoute, healthRoutes, docsRoutes, metricsRoute)
)
