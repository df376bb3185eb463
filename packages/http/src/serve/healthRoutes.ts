/**
 * Whether the process is alive, and whether it can do its work.
 */
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import { makeReadiness } from "./readiness.ts"

const readyRoute = Layer.unwrap(
  Effect.map(makeReadiness, (readiness) =>
    HttpRouter.add(
      "GET",
      "/readyz",
      Effect.map(readiness, (obstacle) =>
        obstacle === undefined
          ? HttpServerResponse.text("ready\n")
          : HttpServerResponse.text(`${obstacle}\n`, { status: 503 }))
    ))
)

export const healthRoutes = Layer.merge(
  HttpRouter.add("GET", "/healthz", Effect.succeed(HttpServerResponse.text("ok\n"))),
  readyRoute
)
