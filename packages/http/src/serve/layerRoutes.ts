/**
 * All routes of the service.
 */
import { DocdataApi } from "@docdata/contract"
import * as Layer from "effect/Layer"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpServer from "effect/http/HttpServer"
import { RateLimits } from "../access/RateLimits.ts"
import { layerAuthorization } from "../access/authorize.ts"
import { notificationRoute } from "../callbacks/notificationRoute.ts"
import { returnRoute } from "../callbacks/returnRoute.ts"
import { anomaliesHandlers } from "../handlers/anomaliesHandlers.ts"
import { eventsHandlers } from "../handlers/eventsHandlers.ts"
import { merchantsHandlers } from "../handlers/merchantsHandlers.ts"
import { capturesHandlers, modificationsHandlers, refundsHandlers } from "../handlers/modificationsHandlers.ts"
import { notificationsHandlers } from "../handlers/notificationsHandlers.ts"
import { ordersHandlers } from "../handlers/ordersHandlers.ts"
import { docsRoutes } from "../docs/docsRoutes.ts"
import { paymentsHandlers } from "../handlers/paymentsHandlers.ts"
import { webhookDeliveriesHandlers } from "../handlers/webhookDeliveriesHandlers.ts"
import { webhookEndpointsHandlers } from "../handlers/webhookEndpointsHandlers.ts"
import { healthRoutes } from "./healthRoutes.ts"
import { metricsRoute } from "./metricsRoute.ts"
import { observeRequests, withoutPlatformSpan } from "./observeRequests.ts"
import { layerRequestShape } from "./layerRequestShape.ts"
import { reportFaults } from "./reportFaults.ts"

const api = HttpApiBuilder.layer(DocdataApi).pipe(
  Layer.provide([
    ordersHandlers,
    paymentsHandlers,
    capturesHandlers,
    refundsHandlers,
    modificationsHandlers,
    eventsHandlers,
    anomaliesHandlers,
    merchantsHandlers,
    notificationsHandlers
  ]),
  Layer.provide([webhookEndpointsHandlers, webhookDeliveriesHandlers]),
  Layer.provide([layerAuthorization, layerRequestShape])
)

/** The routes; what they need besides the ports is the settings and the keys. */
export const layerRoutes = Layer.mergeAll(api, notificationRoute, returnRoute, healthRoutes, docsRoutes, metricsRoute)
  .pipe(
    Layer.provide(observeRequests),
    Layer.merge(reportFaults),
    Layer.provideMerge(withoutPlatformSpan),
    Layer.provideMerge(RateLimits.layer),
    Layer.provide(HttpServer.layerServices)
  )
