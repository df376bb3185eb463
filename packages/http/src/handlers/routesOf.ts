/**
 * The routes of one group of the REST API: its handlers behind the checks of keys and of requests.
 */
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import type * as HttpApi from "effect/http-api/HttpApi"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Layer from "effect/Layer"
import { layerAuthorization } from "../access/authorize.ts"
import { layerRequestShape } from "../access/layerRequestShape.ts"

export const routesOf = <Groups extends HttpApiGroup.Constraint, R>(
  api: HttpApi.HttpApi<"docdata", Groups>,
  handlers: Layer.Layer<HttpApiGroup.ToService<"docdata", Groups>, never, R>
) =>
  HttpApiBuilder.layer(api).pipe(
    Layer.provide(handlers),
    Layer.provide([layerAuthorization, layerRequestShape])
  )
