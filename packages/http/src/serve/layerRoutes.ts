/**
 * All routes of the service.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpServer from "effect/http/HttpServer"
import * as SchemaIssue from "effect/SchemaIssue"
import { RateLimits } from "../access/RateLimits.ts"
import { layerAuthorization } from "../access/authorize.ts"
import { RequestShape } from "../api/Authorization.ts"
import { DocdataApi } from "../api/DocdataApi.ts"
import { problem } from "../api/problemCatalogue.ts"
import { notificationRoute } from "../callbacks/notificationRoute.ts"
import { returnRoute } from "../callbacks/returnRoute.ts"
import { anomaliesHandlers } from "../handlers/anomaliesHandlers.ts"
import { eventsHandlers } from "../handlers/eventsHandlers.ts"
import { merchantsHandlers } from "../handlers/merchantsHandlers.ts"
import { modificationsHandlers } from "../handlers/modificationsHandlers.ts"
import { ordersHandlers } from "../handlers/ordersHandlers.ts"
import { docsRoute } from "../docs/docsRoute.ts"
import { paymentsHandlers } from "../handlers/paymentsHandlers.ts"
import { webhookDeliveriesHandlers } from "../handlers/webhookDeliveriesHandlers.ts"
import { webhookEndpointsHandlers } from "../handlers/webhookEndpointsHandlers.ts"
import { healthRoutes } from "./healthRoutes.ts"
import { metricsRoute } from "./metricsRoute.ts"
import { observeRequests, withoutPlatformSpan } from "./observeRequests.ts"
import { reportFaults } from "./reportFaults.ts"

const formatted = SchemaIssue.makeFormatterStandardSchemaV1()

/** More than anybody reads; and a body of unknown fields must not make an answer that is larger than itself. */
const errorsMax = 50

/** Names of fields are the caller's, and may be of any length. */
const pathLengthMax = 200

/** Paths and what is expected there; never what was found. */
const layerRequestShape = HttpApiMiddleware.layerSchemaErrorTransform(RequestShape, (error) => {
  const part = error.kind.toLowerCase()
  const errors = formatted(error.cause.issue).issues.slice(0, errorsMax).map(({ message, path }) => ({
    path: [part, ...(path ?? []).map((step) => String(typeof step === "object" ? step.key : step))].join(".")
      .slice(0, pathLengthMax),
    message
  }))
  return Effect.fail(problem("bad-request", "correct the fields named in errors", errors))
})

const api = HttpApiBuilder.layer(DocdataApi, { openapiPath: "/openapi.json" }).pipe(
  Layer.provide([
    ordersHandlers,
    paymentsHandlers,
    modificationsHandlers,
    eventsHandlers,
    anomaliesHandlers,
    merchantsHandlers
  ]),
  Layer.provide([webhookEndpointsHandlers, webhookDeliveriesHandlers]),
  Layer.provide([layerAuthorization, layerRequestShape])
)

/** The routes; what they need besides the ports is the settings and the keys. */
export const layerRoutes = Layer.mergeAll(api, notificationRoute, returnRoute, healthRoutes, docsRoute, metricsRoute)
  .pipe(
    Layer.provide(observeRequests),
    Layer.merge(reportFaults),
    Layer.provideMerge(withoutPlatformSpan),
    Layer.provideMerge(RateLimits.layer),
    Layer.provide(HttpServer.layerServices)
  )
