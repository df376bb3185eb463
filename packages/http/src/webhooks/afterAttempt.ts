/**
 * What follows from how a try went: it is noted, the endpoint may have to be disabled, and the relay is told.
 */
import {
  Anomalies,
  type DeliveryFailure,
  type Disabled,
  hasSucceeded,
  healthAfter,
  newId,
  type StoredEndpoint,
  type StoredEvent,
  type Tried,
  WebhookEndpoints
} from "@docdata/application"
import * as Effect from "effect/Effect"
import { failed, never, notNow, type WebhookTarget } from "./webhookTargets.ts"
import type { SentWebhook } from "./sendWebhook.ts"

/** Five days, longer than one delivery is tried: whoever was away over a long weekend is not cut off. */
export const failingMsMax = 5 * 24 * 60 * 60 * 1000

const gone = 410

const reasonOf = ({ outcome }: SentWebhook): string =>
  "status" in outcome ? `answered with status ${outcome.status}` : `not delivered (${outcome.fault})`

const disabledBy = ({ atMs, outcome }: SentWebhook, { health }: StoredEndpoint): Disabled | undefined => {
  if ("status" in outcome && outcome.status === gone) return { because: "gone", sinceMs: atMs }
  const isFailing = health.failingSinceMs !== undefined && atMs - health.failingSinceMs >= failingMsMax
  return isFailing ? { because: "failing", sinceMs: atMs } : undefined
}

/** The anomaly that stands while an endpoint is disabled by itself; of its merchant, if it receives one only. */
export const disabledAnomaly = ({ id, merchants }: StoredEndpoint) => ({
  kind: "webhook-endpoint-disabled" as const,
  subject: id,
  ...(merchants !== "all" && merchants.length === 1 && merchants[0] !== undefined ? { merchant: merchants[0] } : {})
})

const disable = Effect.fnUntraced(function*(endpoint: StoredEndpoint, disabled: Disabled) {
  const { health, id } = endpoint
  // Nothing stands of an endpoint that was removed meanwhile.
  if ((yield* (yield* WebhookEndpoints).disable(id, disabled)) === undefined) return
  yield* (yield* Anomalies).raise({
    ...disabledAnomaly(endpoint),
    id: yield* newId("anm"),
    level: "error",
    data: { because: disabled.because, consecutiveFailures: health.consecutiveFailures },
    raisedAtMs: disabled.sinceMs
  })
  yield* Effect.logWarning("a webhook endpoint is disabled; its events wait", {
    endpoint: id,
    because: disabled.because
  })
})

const disableIfOver = Effect.fnUntraced(function*(name: string, sent: SentWebhook) {
  const endpoint = yield* (yield* WebhookEndpoints).find(name)
  if (endpoint === undefined) return
  const after = { ...endpoint, health: healthAfter(endpoint.health, sent) }
  const disabled = disabledBy(sent, after)
  if (disabled !== undefined) yield* disable(after, disabled)
})

/**
 * Answers the try if the receiver has the event; the relay notes it either way. An endpoint that cannot be disabled is
 * logged: whether the event arrived does not hang on it.
 */
export const afterAttempt = Effect.fnUntraced(function*(
  { isStored, name }: WebhookTarget,
  event: StoredEvent,
  sent: SentWebhook
): Effect.fn.Return<Tried, DeliveryFailure, Anomalies | WebhookEndpoints> {
  const { retryAfterMs, ...attempt } = sent
  if (hasSucceeded(sent)) return attempt
  if (isStored) {
    yield* disableIfOver(name, sent).pipe(
      Effect.catch((failure) =>
        Effect.logWarning("an endpoint could not be disabled", { endpoint: name, failure: failure._tag })
      )
    )
  }
  const isOver = !isStored && "status" in sent.outcome && sent.outcome.status === gone
  return yield* failed(name, event, {
    ...(isOver ? never(reasonOf(sent)) : notNow(reasonOf(sent), retryAfterMs)),
    attempt
  })
})
