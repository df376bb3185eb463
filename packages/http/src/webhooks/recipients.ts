/**
 * Who webhooks go to: the endpoints of the settings and those of the store, asked for at the moment they matter.
 */
import {
  type Consumer,
  DeliveryFailed,
  type StoredEndpoint,
  type StoredEvent,
  type StoreFailure,
  WebhookEndpoints
} from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type { WebhookEndpoint } from "./layerWebhooks.ts"
import { endpointSecrets } from "./WebhookMasterKey.ts"

/** One address, and what its messages are signed with at this moment. */
export interface Recipient {
  readonly name: string
  readonly url: string
  readonly secrets: ReadonlyArray<Redacted.Redacted>
  /** It has a row that can be disabled; an endpoint of the settings has none. */
  readonly isStored: boolean
  /** The merchants it is for, as one word. */
  readonly owner: string
}

type Verdict = Pick<DeliveryFailed, "permanent" | "reason" | "retryAfterMs">

/** To be tried again. */
export const notNow = (reason: string, retryAfterMs?: number): Verdict => ({
  permanent: false,
  reason,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs })
})

/** To be given up. */
export const never = (reason: string): Verdict => ({ permanent: true, reason })

export const failed = (consumer: string, { id }: StoredEvent, verdict: Verdict): DeliveryFailed =>
  new DeliveryFailed({ consumer, eventId: id, ...verdict })

const hears = (merchants: ReadonlyArray<string> | "all" | undefined, merchant: string): boolean =>
  merchants === undefined || merchants === "all" || merchants.includes(merchant)

/** Endpoints for the same merchants have one owner. */
export const ownerOf = ({ merchants = "all" }: { readonly merchants?: ReadonlyArray<string> | "all" }): string =>
  JSON.stringify(merchants === "all" ? merchants : merchants.toSorted())

const consumerOf = ({ id, types }: StoredEndpoint): Consumer => ({ name: id, types, isStoredEndpoint: true })

export interface RecipientOptions {
  readonly configured: ReadonlyMap<string, WebhookEndpoint>
  readonly masterKey?: Redacted.Redacted
}

/** What a sink says of its consumers. Nothing is remembered: another process may have changed it. */
export const recipients = ({ configured, masterKey }: RecipientOptions) => ({
  /** Disabled endpoints are told as well: their deliveries wait. */
  audience: Effect.fnUntraced(function*(
    merchant: string
  ): Effect.fn.Return<ReadonlyArray<Consumer>, StoreFailure, WebhookEndpoints> {
    const stored = yield* (yield* WebhookEndpoints).all()
    return [
      ...[...configured.values()].filter(({ merchants }) => hears(merchants, merchant)).map(({ name }) => name),
      ...stored.filter(({ merchants }) => hears(merchants, merchant)).map(consumerOf)
    ]
  }),
  consumers: Effect.map(
    Effect.flatMap(WebhookEndpoints, (endpoints) => endpoints.all()),
    (stored) => [
      ...configured.keys(),
      ...masterKey === undefined ? [] : stored.filter(({ disabled }) => disabled === undefined).map(({ id }) => id)
    ]
  ),
  find: Effect.fnUntraced(function*(
    consumer: string,
    event: StoredEvent
  ): Effect.fn.Return<Recipient, DeliveryFailed, WebhookEndpoints> {
    const known = configured.get(consumer)
    if (known !== undefined) {
      return { name: consumer, url: known.url, secrets: known.secrets, isStored: false, owner: ownerOf(known) }
    }
    const endpoint = yield* Effect.mapError(
      (yield* WebhookEndpoints).find(consumer),
      () => failed(consumer, event, notNow("the endpoint cannot be read"))
    )
    if (endpoint === undefined) return yield* failed(consumer, event, never("no webhook has this name"))
    if (endpoint.disabled !== undefined) return yield* failed(consumer, event, notNow("the endpoint is disabled"))
    if (masterKey === undefined) return yield* failed(consumer, event, notNow("the service has no webhook key"))
    const secrets = endpointSecrets(masterKey, endpoint, yield* Clock.currentTimeMillis)
    return { name: consumer, url: endpoint.url, secrets, isStored: true, owner: ownerOf(endpoint) }
  })
})
