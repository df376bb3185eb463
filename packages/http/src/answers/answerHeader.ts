/**
 * Adds a header to the answer of this request, whatever it will be.
 */
import * as Effect from "effect/Effect"
import { appendPreResponseHandler } from "effect/http/HttpEffect"
import { setHeader } from "effect/http/HttpServerResponse"

export const answerHeader = (name: string, value: string) =>
  appendPreResponseHandler((_request, response) => Effect.succeed(setHeader(response, name, value)))
