/**
 * The client of the API over some `fetch`: that of the process, or the handler of a service in this process.
 */
import { apiOf, type GroupName, groups } from "@docdata/contract"
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
  /** What takes the requests of a group. */
  readonly fetchOf: (group: GroupName) => Effect.Effect<typeof globalThis.fetch, CommandFailure>
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

type Call = (...given: ReadonlyArray<unknown>) => Effect.Effect<unknown, unknown>

/** The client of one group, whose definition is loaded now. */
const openGroup = Effect.fnUntraced(function*(group: GroupName, { fetchOf, key, origin }: Connection) {
  const definition = yield* Effect.promise(() => groups[group]())
  const fetch = yield* fetchOf(group)
  let last = true
  const httpClient = (yield* HttpClient.HttpClient).pipe(
    HttpClient.mapRequest((request) => {
      last = isReading(request)
      return request.pipe(HttpClientRequest.prependUrl(origin), HttpClientRequest.bearerToken(key))
    }),
    HttpClient.transformResponse((response) =>
      Effect.flatMap(Effect.provideService(response, FetchHttpClient.Fetch, fetch), accepted)
    )
  )
  const client = yield* HttpApiClient.makeWith(apiOf(definition), {
    httpClient,
    transformResponse: Effect.mapError(() => misfitFailure(last))
  })
  return (client as unknown as Readonly<Record<string, Readonly<Record<string, Call>>>>)[group]!
})

/** The client of all groups: each is opened with its first call. */
const clientOf = Effect.fnUntraced(function*(connection: Connection) {
  const http = yield* HttpClient.HttpClient
  const client: Record<string, unknown> = {}
  for (const group of Object.keys(groups) as ReadonlyArray<GroupName>) {
    const opened = yield* Effect.cached(
      Effect.provideService(openGroup(group, connection), HttpClient.HttpClient, http)
    )
    client[group] = new Proxy({}, {
      get: (_, operation: string): Call => (...given) => Effect.flatMap(opened, (calls) => calls[operation]!(...given))
    })
  }
  // The failures of the client are distinguished by `failureOf`, whatever the definition names.
  return client as Api
})

/** Does some work with the client. */
export const withApi = <A, E>(
  connection: Connection,
  work: (api: Api) => Effect.Effect<A, E>
): Effect.Effect<A, E> =>
  Effect.flatMap(clientOf(connection), work).pipe(
    Effect.provide(Layer.merge(
      FetchHttpClient.layer,
      // A trace that begins here would be written down with the order.
      Layer.succeed(HttpClient.TracerPropagationEnabled, false)
    ))
  )
