/**
 * Webhook endpoints and deliveries as the REST API shows them, to those who may see them.
 */
import {
  type DeliveryAttempt,
  DeliveryLog,
  type DeliveryOverview,
  hasSucceeded,
  type StoredEndpoint,
  type StoreFailure,
  WebhookEndpoints
} from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { speaksFor } from "../access/authorize.ts"
import { Caller } from "../api/Authorization.ts"
import { problem } from "../api/problemCatalogue.ts"
import type { DeliveryPage, DeliveryView, RevealedEndpoint, TestView } from "../api/WebhookView.ts"
import type { SentWebhook } from "../webhooks/sendWebhook.ts"
import { Webhooks } from "../webhooks/Webhooks.ts"

export const storeProblem = ({ retryable }: StoreFailure) =>
  problem("store-unavailable", retryable ? "try again later" : "read before repeating")

export const endpointNotFound = Effect.fail(problem("endpoint-not-found", "no endpoint of your merchants has this id"))

/** Whoever speaks for all merchants of an endpoint sees it. */
export const isVisible = (caller: Caller["Service"], { merchants }: StoredEndpoint): boolean =>
  merchants === "all" ? caller.merchants === "all" : merchants.every((merchant) => speaksFor(caller, merchant))

/** An endpoint that the caller may see. Another one is not there, as far as the caller can tell. */
export const visibleEndpoint = Effect.fnUntraced(function*(caller: Caller["Service"], id: string) {
  const endpoint = yield* Effect.mapError((yield* WebhookEndpoints).find(id), storeProblem)
  return endpoint !== undefined && isVisible(caller, endpoint) ? endpoint : yield* endpointNotFound
})

/** The address as the caller may see it: its query may hold a token that lets in whoever knows it. */
const shownUrl = ({ scope }: Caller["Service"], text: string): string => {
  if (scope === "admin") return text
  const { origin, pathname } = new URL(text)
  return `${origin}${pathname}`
}

/** The view of an endpoint for the caller; with its new secret if it is `revealed`. */
export const endpointView = Effect.fnUntraced(function*(
  { types, ...endpoint }: StoredEndpoint,
  shown: "revealed" | "hidden" = "hidden"
) {
  const verifier = (yield* Webhooks).verifierOf({ types, ...endpoint })
  const text = verifier === undefined ? undefined : Redacted.value(verifier)
  const isPublic = endpoint.signature === "v1a"
  const view: typeof RevealedEndpoint.Type = {
    ...endpoint,
    url: shownUrl(yield* Caller, endpoint.url),
    eventTypes: types,
    ...(isPublic && text !== undefined ? { publicKey: text } : {}),
    ...(!isPublic && text !== undefined && shown === "revealed" ? { secret: text } : {})
  }
  return view
})

const outcomeView = ({ durationMs, outcome }: Pick<DeliveryAttempt, "durationMs" | "outcome">) => ({
  durationMs,
  ...outcome
})

export const testView = (sent: SentWebhook): typeof TestView.Type => ({
  delivered: hasSucceeded(sent),
  ...outcomeView(sent)
})

/** A delivery in a list. */
export const deliverySummary = (delivery: DeliveryOverview): (typeof DeliveryPage.Type)["deliveries"][number] => {
  const { attempts, event, notBeforeMs, deadLettered, state } = delivery
  return {
    eventId: event.id,
    orderId: event.orderId,
    merchant: event.merchant,
    type: event.payload.type,
    occurredAtMs: event.occurredAtMs,
    state,
    attempts,
    ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
    ...(deadLettered === undefined ? {} : { deadLettered })
  }
}

const attemptView = (attempt: DeliveryAttempt) => ({ atMs: attempt.atMs, ...outcomeView(attempt) })

/** A delivery as it stands now, with its attempts. */
export const deliveryView = Effect.fnUntraced(function*(endpoint: StoredEndpoint, eventId: string) {
  const log = yield* DeliveryLog
  const delivery = yield* Effect.mapError(log.find(endpoint.id, eventId), storeProblem)
  if (delivery === undefined) {
    return yield* Effect.fail(problem("delivery-not-found", "list the deliveries of the endpoint"))
  }
  const attempts = yield* Effect.mapError(log.attempts(endpoint.id, eventId), storeProblem)
  const view: typeof DeliveryView.Type = {
    ...deliverySummary(delivery),
    log: attempts.map(attemptView)
  }
  return view
})
