/**
 * Whether the process is alive, and whether it can do its work.
 */
import { Inbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"

/** Whoever asks is about to decide whether to send shoppers here: a slow store is none. */
const readyWithinMs = 1_000

const ready = Effect.gen(function*() {
  yield* (yield* Inbox).backlog()
  return HttpServerResponse.text("ready\n")
}).pipe(
  Effect.timeout(readyWithinMs),
  Effect.catch(() => Effect.succeed(HttpServerResponse.text("the store does not answer\n", { status: 503 })))
)

export const healthRoutes = Layer.merge(
  HttpRouter.add("GET", "/healthz", Effect.succeed(HttpServerResponse.text("ok\n"))),
  HttpRouter.add("GET", "/readyz", ready)
)
