/**
 * Signed webhooks as the sink of events.
 *
 * Each endpoint is a consumer of its own: the outbox keeps its deliveries, in order per order, and repeats what failed.
 * An endpoint that answers 410 does not want the event; it is parked at once. A redirect is a failure: it would lead
 * somewhere nobody checked.
 */
import { DeliveryFailed, EventSink, OrderStore, type StoredEvent } from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import { postWebhook, webhookTargetProblem } from "./postWebhook.ts"
import { webhookBody, webhookBytesMax } from "./webhookBody.ts"
import { webhookHeaders } from "./webhookHeaders.ts"
import { webhookKeyOf } from "./WebhookSecret.ts"

/** Who hears of events. */
export interface WebhookEndpoint {
  /** The consumer's name: keep it, deliveries hang on it. */
  readonly name: string
  readonly url: string
  /** One, or two while the old one is replaced: `whsec_...`. Every message carries a signature of each. */
  readonly secrets: ReadonlyArray<Redacted.Redacted>
  /** The merchants whose events it gets; all when absent. */
  readonly merchants?: ReadonlyArray<string>
}

/** The configuration names an endpoint that could never be served. Holds neither address nor secret. */
export class WebhookRefused extends Data.TaggedError("WebhookRefused")<{
  readonly endpoint: string
  readonly because: string
}> {
  override get message(): string {
    return `webhook ${this.endpoint} is refused: ${this.because}`
  }
}

export interface WebhookOptions {
  readonly endpoints: ReadonlyArray<WebhookEndpoint>
  /** Also plain http to this machine, for tests and trials. Never in production: it opens the machine's own services. */
  readonly allowLoopback?: boolean
}

const problemOf = ({ secrets, url }: WebhookEndpoint, allowLoopback: boolean): string | undefined => {
  if (secrets.length === 0) return "it has no secret"
  if (secrets.some((secret) => webhookKeyOf(secret) === undefined)) {
    return "a secret is whsec_ and base64 of 24 to 64 bytes"
  }
  return webhookTargetProblem({ url, allowLoopback })
}

type Failure = Pick<DeliveryFailed, "permanent" | "reason">

const notNow = (reason: string): Failure => ({ permanent: false, reason })
const never = (reason: string): Failure => ({ permanent: true, reason })

const failed = (consumer: string, event: StoredEvent, failure: Failure): DeliveryFailed =>
  new DeliveryFailed({ consumer, eventId: event.id, ...failure })

/** The sink. Fails at start if an endpoint's address or secret makes no sense, or two share a name. */
export const layerWebhooks = (
  { allowLoopback = false, endpoints }: WebhookOptions
): Layer.Layer<EventSink, WebhookRefused, OrderStore> =>
  Layer.effect(
    EventSink,
    Effect.gen(function*() {
      const store = yield* OrderStore
      const byName = new Map<string, WebhookEndpoint>()
      for (const endpoint of endpoints) {
        const because = byName.has(endpoint.name) ? "its name is used twice" : problemOf(endpoint, allowLoopback)
        if (because !== undefined) return yield* new WebhookRefused({ endpoint: endpoint.name, because })
        byName.set(endpoint.name, endpoint)
      }
      const send = Effect.fn("Webhook.deliver")(function*(endpoint: WebhookEndpoint, event: StoredEvent) {
        const { order } = yield* Effect.mapError(
          store.read({ by: "id", id: event.orderId }),
          ({ _tag }) => failed(endpoint.name, event, notNow(`the order cannot be read (${_tag})`))
        )
        const body = webhookBody(event, order)
        if (Buffer.byteLength(body) > webhookBytesMax) {
          return yield* failed(endpoint.name, event, never("larger than a webhook may be"))
        }
        const sentAtMs = yield* Clock.currentTimeMillis
        const headers = webhookHeaders({ id: event.id, sentAtMs, body }, endpoint.secrets)
        const target = { url: endpoint.url, allowLoopback }
        const answer = yield* Effect.promise((signal) => postWebhook(target, { headers, body }, signal))
        if ("failed" in answer) return yield* failed(endpoint.name, event, notNow(answer.failed))
        if (answer.status >= 200 && answer.status < 300) return
        const verdict = answer.status === 410 ? never : notNow
        return yield* failed(endpoint.name, event, verdict(`answered with status ${answer.status}`))
      })
      return EventSink.of({
        audience: (merchant) =>
          Effect.succeed(
            [...byName.values()].filter(({ merchants }) => merchants === undefined || merchants.includes(merchant))
              .map(({ name }) => name)
          ),
        consumers: () => Effect.succeed([...byName.keys()]),
        deliver: (consumer, event) => {
          const endpoint = byName.get(consumer)
          return endpoint === undefined
            ? Effect.fail(failed(consumer, event, never("no webhook has this name")))
            : send(endpoint, event)
        }
      })
    })
  )
