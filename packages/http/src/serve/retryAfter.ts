/**
 * Says with an answer when to try again.
 */
import * as Effect from "effect/Effect"
import { appendPreResponseHandler } from "effect/http/HttpEffect"
import { setHeader } from "effect/http/HttpServerResponse"

/** Adds `Retry-After` to the answer of this request, whatever it will be. */
export const retryAfter = (seconds: number) =>
  appendPreResponseHandler((_request, response) => Effect.succeed(setHeader(response, "retry-after", String(seconds))))
