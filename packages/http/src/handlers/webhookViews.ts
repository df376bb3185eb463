/**
 * Webhook endpoints and deliveries as the REST API shows them, to those who may see them.
 */
import {
  type DeliveryAttempt,
  DeliveryLog,
  type DeliveryOverview,
  hasSucceeded,
  type StoredEndpoint,
  WebhookEndpoints
} from "@docdata/application"
import {
  Caller,
  type Delivery,
  type DeliverySummary,
  problem,
  type RevealedWebhookEndpoint,
  type WebhookTest
} from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { speaksFor } from "../access/authorize.ts"
import type { SentWebhook } from "../webhooks/sendWebhook.ts"
import { instantField, instantView } from "../views/moneyView.ts"
import { Webhooks } from "../webhooks/Webhooks.ts"
import { storeProblemOf } from "./problemOf.ts"

export const endpointNotFound = Effect.fail(problem("endpoint-not-found", "no endpoint of your merchants has this id"))

/** Whoever speaks for all merchants of an endpoint sees it. */
export const isVisible = (caller: Caller["Service"], { merchants }: StoredEndpoint): boolean =>
  merchants === "all" ? caller.merchants === "all" : merchants.every((merchant) => speaksFor(caller, merchant))

/** An endpoint that the caller may see. Another one is not there, as far as the caller can tell. */
export const visibleEndpoint = Effect.fnUntraced(function*(caller: Caller["Service"], id: string) {
  const endpoint = yield* Effect.mapError((yield* WebhookEndpoints).find(id), storeProblemOf)
  return endpoint !== undefined && isVisible(caller, endpoint) ? endpoint : yield* endpointNotFound
})

/** The address as the caller may see it: its query may hold a token that lets in whoever knows it. */
const shownUrl = ({ scope }: Caller["Service"], text: string): string => {
  if (scope === "admin") return text
  const { origin, pathname } = new URL(text)
  return `${origin}${pathname}`
}

const disabledView = ({ disabled }: StoredEndpoint) =>
  disabled === undefined ? {} : { disabled: { because: disabled.because, since: instantView(disabled.sinceMs) } }

const healthView = ({ consecutiveFailures, failingSinceMs, lastSuccessAtMs }: StoredEndpoint["health"]) => ({
  ...instantField("lastSuccessAt", lastSuccessAtMs),
  ...instantField("failingSince", failingSinceMs),
  consecutiveFailures
})

/** The view of an endpoint for the caller; with its new secret if it is `revealed`. */
export const endpointView = Effect.fnUntraced(function*(
  endpoint: StoredEndpoint,
  shown: "revealed" | "hidden" = "hidden"
) {
  const verifier = (yield* Webhooks).verifierOf(endpoint)
  const text = verifier === undefined ? undefined : Redacted.value(verifier)
  const isPublic = endpoint.signature === "v1a"
  const view: typeof RevealedWebhookEndpoint.Type = {
    id: endpoint.id,
    url: shownUrl(yield* Caller, endpoint.url),
    merchants: endpoint.merchants,
    eventTypes: endpoint.types,
    signature: endpoint.signature,
    ...(isPublic && text !== undefined ? { publicKey: text } : {}),
    createdAt: instantView(endpoint.createdAtMs),
    keyVersion: endpoint.keyVersion,
    ...instantField("previousKeyUntil", endpoint.previousKeyUntilMs),
    ...disabledView(endpoint),
    health: healthView(endpoint.health),
    ...(!isPublic && text !== undefined && shown === "revealed" ? { secret: text } : {})
  }
  return view
})

const outcomeView = ({ durationMs, outcome }: Pick<DeliveryAttempt, "durationMs" | "outcome">) => ({
  durationMs,
  ...outcome
})

export const testView = (sent: SentWebhook): typeof WebhookTest.Type => ({
  delivered: hasSucceeded(sent),
  ...outcomeView(sent)
})

/** A delivery in a list. */
export const deliverySummary = (delivery: DeliveryOverview): typeof DeliverySummary.Type => {
  const { attempts, subscriber, event, notBeforeMs, deadLettered, state } = delivery
  return {
    endpointId: subscriber,
    eventId: event.id,
    orderId: event.orderId,
    merchant: event.merchant,
    type: event.payload.type,
    occurredAt: instantView(event.occurredAtMs),
    state,
    attemptCount: attempts,
    ...instantField("notBefore", notBeforeMs),
    ...(deadLettered === undefined
      ? {}
      : { deadLettered: { at: instantView(deadLettered.atMs), reason: deadLettered.reason } })
  }
}

const attemptView = (attempt: DeliveryAttempt) => ({ at: instantView(attempt.atMs), ...outcomeView(attempt) })

/** A delivery with its attempts. */
export const deliveryView = Effect.fnUntraced(function*(delivery: DeliveryOverview) {
  const log = yield* DeliveryLog
  const attempts = yield* Effect.mapError(log.attempts(delivery.subscriber, delivery.event.id), storeProblemOf)
  const view: typeof Delivery.Type = { ...deliverySummary(delivery), attempts: attempts.map(attemptView) }
  return view
})

/** The delivery of an event to an endpoint as it stands now. */
export const deliveryOf = Effect.fnUntraced(function*(endpoint: StoredEndpoint, eventId: string) {
  const delivery = yield* Effect.mapError((yield* DeliveryLog).find(endpoint.id, eventId), storeProblemOf)
  return delivery === undefined
    ? yield* Effect.fail(problem("delivery-not-found", "list the deliveries of the endpoint"))
    : yield* deliveryView(delivery)
})
