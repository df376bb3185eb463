/**
 * The client of the API over some `fetch`: that of the process, or the handler of a service in this process.
 */
import { DocdataApi } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import type { Api } from "./Api.ts"
import type { CommandFailure } from "./CommandFailure.ts"
import { misfitFailure, refusalFailure } from "./failureOf.ts"

export interface Connection {
  readonly origin: string
  readonly key: string
  readonly fetch: typeof globalThis.fetch
}

const jsonOf = (text: string): { readonly json?: unknown } => {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return {}
  }
}

const isReading = ({ method }: HttpClientRequest.HttpClientRequest): boolean => method === "GET"

/** Fails with the problem of an answer that is no success. */
const accepted = (
  response: HttpClientResponse.HttpClientResponse
): Effect.Effect<HttpClientResponse.HttpClientResponse, CommandFailure> => {
  const { headers, request, status } = response
  if (status < 300) return Effect.succeed(response)
  return Effect.matchEffect(response.text, {
    onFailure: () => Effect.fail(refusalFailure({ isReading: isReading(request), status, retryAfter: undefined })),
    onSuccess: (text) =>
      Effect.fail(
        refusalFailure({ isReading: isReading(request), status, retryAfter: headers["retry-after"], ...jsonOf(text) })
      )
  })
}

/** Does some work with the client. */
export const withApi = <A, E>(
  { fetch, key, origin }: Connection,
  work: (api: Api) => Effect.Effect<A, E>
): Effect.Effect<A, E> =>
  Effect.gen(function*() {
    let last = true
    const httpClient = (yield* HttpClient.HttpClient).pipe(
      HttpClient.mapRequest((request) => {
        last = isReading(request)
        return request.pipe(HttpClientRequest.prependUrl(origin), HttpClientRequest.bearerToken(key))
      }),
      HttpClient.transformResponse(Effect.flatMap(accepted))
    )
    const api = yield* HttpApiClient.makeWith(DocdataApi, {
      httpClient,
      transformResponse: Effect.mapError(() => misfitFailure(last))
    })
    // The failures of the client are told apart by `failureOf`, whatever the definition names.
    return yield* work(api as unknown as Api)
  }).pipe(
    Effect.provide(Layer.mergeAll(
      FetchHttpClient.layer,
      Layer.succeed(FetchHttpClient.Fetch, fetch),
      // A trace that begins here would be written down with the order.
      Layer.succeed(HttpClient.TracerPropagationEnabled, false)
    ))
  )
