/**
 * Signed webhooks as the sink of events.
 *
 * Each endpoint is a subscriber of its own, whether the settings name it or the store keeps it: the outbox keeps its
 * deliveries, in order per order, and repeats what failed. A redirect is a failure: it would lead somewhere nobody checked.
 *
 * A stored endpoint that answers 410, or whose messages failed for days, is disabled: nothing is lost, its
 * deliveries wait until somebody enables it. An endpoint of the settings cannot be disabled; what it answers 410 to is
 * dead-lettered.
 */
import {
  type Anomalies,
  EventSink,
  newId,
  OrderStore,
  type StoredEvent,
  type WebhookEndpoints
} from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import { afterAttempt } from "./afterAttempt.ts"
import { webhookTargetViolation } from "./postWebhook.ts"
import {
  failed,
  never,
  notNow,
  ownerOf,
  type WebhookEndpoint,
  type WebhookTarget,
  webhookTargets
} from "./webhookTargets.ts"
import { sendWebhook, type SentWebhook } from "./sendWebhook.ts"
import { SubscriberNames } from "./SubscriberNames.ts"
import { testWebhookBody, webhookBody, webhookBytesMax } from "./webhookBody.ts"
import { endpointSecrets, endpointVerifier, isWebhookMasterKey } from "./WebhookMasterKey.ts"
import { Webhooks } from "./Webhooks.ts"
import { signingKeyOf } from "./WebhookSecret.ts"

/** The configuration names an endpoint that could never be served, or a key that is none. Holds no address, no secret. */
export class WebhookFailure extends Data.TaggedError("WebhookFailure")<{
  /** Absent when the master key is meant. */
  readonly endpoint?: string
  readonly because: string
}> {
  override get message(): string {
    return `webhook ${this.endpoint ?? "master key"} is refused: ${this.because}`
  }
}

export interface WebhookOptions {
  readonly endpoints: ReadonlyArray<WebhookEndpoint>
  /** Keys of stored endpoints are derived from it, see `makeWebhookMasterKey`; without it none can be added or served. */
  readonly masterKey?: Redacted.Redacted
  /** Also plain http to this machine, for tests and trials. Never in production: it opens the machine's own services. */
  readonly allowLoopback?: boolean
  /** Looks up the hosts of endpoints. Those of the machine's name servers unless given. */
  readonly names?: SubscriberNames
}

const problemOf = ({ secrets, url }: WebhookEndpoint, allowLoopback: boolean): string | undefined => {
  if (secrets.length === 0) return "it has no secret"
  if (secrets.some((secret) => signingKeyOf(secret) === undefined)) {
    return "a secret is whsec_ and base64 of 24 to 64 bytes, or whsk_ and base64 of an ed25519 key"
  }
  return webhookTargetViolation({ url, allowLoopback })
}

const checked = Effect.fnUntraced(function*({ allowLoopback = false, endpoints, masterKey }: WebhookOptions) {
  if (masterKey !== undefined && !isWebhookMasterKey(masterKey)) {
    return yield* new WebhookFailure({ because: "it is whmk_ and base64 of 32 bytes" })
  }
  const byName = new Map<string, WebhookEndpoint>()
  for (const endpoint of endpoints) {
    const because = byName.has(endpoint.name) ? "its name is used twice" : problemOf(endpoint, allowLoopback)
    if (because !== undefined) return yield* new WebhookFailure({ endpoint: endpoint.name, because })
    byName.set(endpoint.name, endpoint)
  }
  return byName
})

const bodyOf = Effect.fnUntraced(function*({ name }: WebhookTarget, event: StoredEvent) {
  const store = yield* OrderStore
  const { order } = yield* Effect.mapError(
    store.read({ by: "id", id: event.orderId }),
    ({ _tag }) => failed(name, event, notNow(`the order cannot be read (${_tag})`))
  )
  const body = webhookBody(event, order)
  return Buffer.byteLength(body) <= webhookBytesMax
    ? body
    : yield* failed(name, event, never("larger than a webhook may be"))
})

/** Where orders and endpoints are kept. */
type Needs = OrderStore | WebhookEndpoints | Anomalies

/**
 * The sink, and what else can be done with webhooks. Fails at start if an endpoint's address or secret, or the master
 * key, makes no sense, or two endpoints share a name.
 */
export const layerWebhooks = (
  options: WebhookOptions
): Layer.Layer<EventSink | Webhooks, WebhookFailure, Needs> =>
  Layer.effectContext(
    Effect.gen(function*() {
      const { allowLoopback = false, masterKey, names = new SubscriberNames() } = options
      yield* Effect.addFinalizer(() => Effect.sync(() => names.cancel()))
      const services = yield* Effect.context<Needs>()
      const { subscribersFor, subscribers, find } = webhookTargets({ ...options, configured: yield* checked(options) })
      const deliver = Effect.fn("Webhook.deliver")(function*(subscriber: string, event: StoredEvent) {
        const webhookTarget = yield* find(subscriber, event)
        const body = yield* bodyOf(webhookTarget, event)
        const sent = yield* sendWebhook({ ...webhookTarget, allowLoopback, names }, { id: event.id, body })
        return yield* afterAttempt(webhookTarget, event, sent)
      })
      const test = Effect.fn("Webhook.test")(function*(
        endpoint: Parameters<Webhooks["Service"]["test"]>[0]
      ): Effect.fn.Return<SentWebhook> {
        const atMs = yield* Clock.currentTimeMillis
        const id = yield* newId("whtest")
        const secrets = masterKey === undefined ? [] : endpointSecrets(masterKey, endpoint, atMs)
        const target = { url: endpoint.url, secrets, allowLoopback, names, owner: ownerOf(endpoint) }
        return yield* sendWebhook(target, { id, body: testWebhookBody(endpoint.id, { atMs, id }) })
      })
      return Context.empty().pipe(
        Context.add(
          EventSink,
          EventSink.of({
            subscribersFor: (merchant) => Effect.provideContext(subscribersFor(merchant), services),
            subscribers: () => Effect.provideContext(subscribers, services),
            deliver: (subscriber, event) => Effect.provideContext(deliver(subscriber, event), services)
          })
        ),
        Context.add(
          Webhooks,
          Webhooks.of({
            canSign: masterKey !== undefined,
            urlViolation: (url) => webhookTargetViolation({ url, allowLoopback }),
            verifierOf: (endpoint) => masterKey === undefined ? undefined : endpointVerifier(masterKey, endpoint),
            test
          })
        )
      )
    })
  )
