/**
 * The handlers of webhook endpoints.
 */
import {
  Anomalies,
  BackgroundWork,
  newId,
  redeliverDeadLetters,
  type StoredEndpoint,
  WebhookEndpoints
} from "@docdata/application"
import { type AddEndpointRequest, apiOf, Caller, problem, WebhookEndpointsGroup } from "@docdata/contract"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { routesOf } from "./routesOf.ts"
import { administering, operating, speaksFor } from "../access/authorize.ts"
import { disabledAnomaly } from "../webhooks/afterAttempt.ts"
import { instantView } from "../views/moneyView.ts"
import { Webhooks } from "../webhooks/Webhooks.ts"
import { storeProblemOf } from "./problemOf.ts"
import { endpointNotFound, endpointView, isVisible, testView, visibleEndpoint } from "./webhookViews.ts"

/** After a rotation messages are signed with the key before as well: a day to bring the new one to the receiver. */
const overlapMs = 24 * 60 * 60 * 1000

const canSign = Effect.flatMap(Webhooks, (webhooks) =>
  webhooks.canSign
    ? Effect.void
    : Effect.fail(problem("webhook-key-missing", "set DOCDATA_WEBHOOK_MASTER_KEY and restart the service")))

const add = Effect.fnUntraced(function*(caller: Caller["Service"], request: typeof AddEndpointRequest.Type) {
  yield* canSign
  const foreign = (request.merchants ?? []).findIndex((merchant) => !speaksFor(caller, merchant))
  if (foreign !== -1) {
    return yield* Effect.fail(problem("unknown-merchant", `this key does not speak for merchants.${foreign}`))
  }
  const because = (yield* Webhooks).urlViolation(request.url)
  if (because !== undefined) return yield* Effect.fail(problem("address-refused", because))
  const endpoints = yield* WebhookEndpoints
  return yield* endpoints.add({
    id: yield* newId("whe"),
    merchants: request.merchants ?? caller.merchants,
    url: request.url,
    types: request.eventTypes ?? "all",
    signature: request.signature ?? "v1",
    createdAtMs: yield* Clock.currentTimeMillis
  }).pipe(
    Effect.mapError((failure) =>
      failure._tag === "TooManyEndpoints"
        ? problem("too-many-endpoints", "remove one that is not needed")
        : storeProblemOf(failure)
    )
  )
})

/** What a change left, unless somebody removed the endpoint meanwhile. */
const shown = Effect.fnUntraced(function*(changed: StoredEndpoint | undefined) {
  return changed === undefined ? yield* endpointNotFound : yield* endpointView(changed)
})

const enable = Effect.fnUntraced(function*(endpoint: StoredEndpoint) {
  const atMs = yield* Clock.currentTimeMillis
  const enabled = yield* (yield* WebhookEndpoints).enable(endpoint.id, atMs)
  yield* (yield* Anomalies).resolve({ ...disabledAnomaly(endpoint), atMs })
  yield* (yield* BackgroundWork).wake("outbox")
  return enabled
})

const api = apiOf(WebhookEndpointsGroup)

export const webhookEndpointsRoutes = routesOf(
  api,
  HttpApiBuilder.group(api, "webhook-endpoints", (handlers) =>
    handlers.handleAll({
      list: Effect.fn("http.webhook-endpoints.list")(function*() {
        const caller = yield* Caller
        const all = yield* Effect.mapError((yield* WebhookEndpoints).all(), storeProblemOf)
        const visible = all.filter((endpoint) => isVisible(caller, endpoint))
        return { endpoints: yield* Effect.forEach(visible, (endpoint) => endpointView(endpoint)) }
      }),
      add: Effect.fn("http.webhook-endpoints.add")(function*({ payload }) {
        return yield* endpointView(yield* add(yield* administering, payload), "revealed")
      }),
      read: Effect.fn("http.webhook-endpoints.read")(function*({ params }) {
        return yield* endpointView(yield* visibleEndpoint(yield* Caller, params.endpointId))
      }),
      remove: Effect.fn("http.webhook-endpoints.remove")(function*({ params }) {
        const endpoint = yield* visibleEndpoint(yield* administering, params.endpointId)
        yield* Effect.mapError((yield* WebhookEndpoints).remove(endpoint.id), storeProblemOf)
      }),
      rotate: Effect.fn("http.webhook-endpoints.rotate")(function*({ params }) {
        const { id, keyVersion } = yield* visibleEndpoint(yield* administering, params.endpointId)
        yield* canSign
        const previousUntilMs = (yield* Clock.currentTimeMillis) + overlapMs
        const endpoints = yield* WebhookEndpoints
        const rotated = yield* Effect.mapError(
          endpoints.rotate({ id, fromVersion: keyVersion, previousUntilMs }),
          storeProblemOf
        )
        return rotated === undefined ? yield* endpointNotFound : yield* endpointView(rotated, "revealed")
      }),
      enable: Effect.fn("http.webhook-endpoints.enable")(function*({ params }) {
        const endpoint = yield* visibleEndpoint(yield* administering, params.endpointId)
        return yield* shown(yield* Effect.mapError(enable(endpoint), storeProblemOf))
      }),
      disable: Effect.fn("http.webhook-endpoints.disable")(function*({ params }) {
        const { id } = yield* visibleEndpoint(yield* administering, params.endpointId)
        const disabled = { because: "by-hand", sinceMs: yield* Clock.currentTimeMillis } as const
        return yield* shown(yield* Effect.mapError((yield* WebhookEndpoints).disable(id, disabled), storeProblemOf))
      }),
      test: Effect.fn("http.webhook-endpoints.test")(function*({ params }) {
        const endpoint = yield* visibleEndpoint(yield* operating, params.endpointId)
        yield* canSign
        return testView(yield* (yield* Webhooks).test(endpoint))
      }),
      redeliver: Effect.fn("http.webhook-endpoints.redeliver")(function*({ params, payload }) {
        const { id } = yield* visibleEndpoint(yield* operating, params.endpointId)
        const until = payload.deadLetteredUntil
        const span = {
          deadLetteredFromMs: Date.parse(payload.deadLetteredFrom),
          deadLetteredUntilMs: until === undefined ? yield* Clock.currentTimeMillis : Date.parse(until)
        }
        const redelivered = yield* Effect.mapError(
          redeliverDeadLetters({ name: id, isStoredEndpoint: true }, span),
          storeProblemOf
        )
        yield* (yield* BackgroundWork).wake("outbox")
        return { ...redelivered, deadLetteredUntil: instantView(span.deadLetteredUntilMs) }
      })
    }))
)
