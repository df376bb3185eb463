/**
 * What stands around routes, whichever they are: measurements, spans, limits, and the report of faults.
 */
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import { RateLimits } from "../access/RateLimits.ts"
import { observeRequests, withoutPlatformSpan } from "./observeRequests.ts"
import { reportFaults } from "./reportFaults.ts"

export const observed = <A, E, R>(routes: Layer.Layer<A, E, R>) =>
  routes.pipe(
    Layer.provide(observeRequests),
    Layer.merge(reportFaults),
    Layer.provideMerge(withoutPlatformSpan),
    Layer.provideMerge(RateLimits.layer),
    Layer.provide(HttpServer.layerServices)
  )
