/**
 * Who webhooks go to: the endpoints of the settings and those of the store, asked for at the moment they matter.
 */
import {
  DeliveryFailure,
  type StoredEndpoint,
  type StoredEvent,
  type StoreFailure,
  type Subscriber,
  WebhookEndpoints
} from "@docdata/application"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import { endpointSecrets } from "./WebhookMasterKey.ts"

/** Who receives events, as the settings say. */
export interface WebhookEndpoint {
  /** The subscriber's name: keep it, deliveries hang on it. */
  readonly name: string
  readonly url: string
  /** One, or two while the old one is replaced: `whsec_...` or `whsk_...`. Every message carries a signature of each. */
  readonly secrets: ReadonlyArray<Redacted.Redacted>
  /** The merchants whose events it gets; all when absent. */
  readonly merchants?: ReadonlyArray<string>
}

/** One address, and what its messages are signed with at this moment. */
export interface WebhookTarget {
  readonly name: string
  readonly url: string
  readonly secrets: ReadonlyArray<Redacted.Redacted>
  /** It has a row that can be disabled; an endpoint of the settings has none. */
  readonly isStored: boolean
  /** The merchants it is for, as one word. */
  readonly owner: string
}

type Verdict = Pick<DeliveryFailure, "permanent" | "reason" | "retryAfterMs" | "attempt">

/** To be tried again. */
export const notNow = (reason: string, retryAfterMs?: number): Verdict => ({
  permanent: false,
  reason,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs })
})

/** To be given up. */
export const never = (reason: string): Verdict => ({ permanent: true, reason })

export const failed = (subscriber: string, { id }: StoredEvent, verdict: Verdict): DeliveryFailure =>
  new DeliveryFailure({ subscriber, eventId: id, ...verdict })

const receives = (merchants: ReadonlyArray<string> | "all" | undefined, merchant: string): boolean =>
  merchants === undefined || merchants === "all" || merchants.includes(merchant)

/** Endpoints for the same merchants have one owner. */
export const ownerOf = ({ merchants = "all" }: { readonly merchants?: ReadonlyArray<string> | "all" }): string =>
  JSON.stringify(merchants === "all" ? merchants : merchants.toSorted())

const subscriberTablesOf = ({ id, types }: StoredEndpoint): Subscriber => ({ name: id, types, isStoredEndpoint: true })

export interface WebhookTargetOptions {
  readonly configured: ReadonlyMap<string, WebhookEndpoint>
  readonly masterKey?: Redacted.Redacted
}

/** What a sink says of its subscribers. Nothing is remembered: another process may have changed it. */
export const webhookTargets = ({ configured, masterKey }: WebhookTargetOptions) => ({
  /** Disabled endpoints are told as well: their deliveries wait. */
  subscribersFor: Effect.fnUntraced(function*(
    merchant: string
  ): Effect.fn.Return<ReadonlyArray<Subscriber>, StoreFailure, WebhookEndpoints> {
    const stored = yield* (yield* WebhookEndpoints).all()
    return [
      ...[...configured.values()].filter(({ merchants }) => receives(merchants, merchant)).map(({ name }) => name),
      ...stored.filter(({ merchants }) => receives(merchants, merchant)).map(subscriberTablesOf)
    ]
  }),
  subscribers: Effect.map(
    Effect.flatMap(WebhookEndpoints, (endpoints) => endpoints.all()),
    (stored) => [
      ...configured.keys(),
      ...masterKey === undefined ? [] : stored.filter(({ disabled }) => disabled === undefined).map(({ id }) => id)
    ]
  ),
  find: Effect.fnUntraced(function*(
    subscriber: string,
    event: StoredEvent
  ): Effect.fn.Return<WebhookTarget, DeliveryFailure, WebhookEndpoints> {
    const known = configured.get(subscriber)
    if (known !== undefined) {
      return { name: subscriber, url: known.url, secrets: known.secrets, isStored: false, owner: ownerOf(known) }
    }
    const endpoint = yield* Effect.mapError(
      (yield* WebhookEndpoints).find(subscriber),
      () => failed(subscriber, event, notNow("the endpoint cannot be read"))
    )
    if (endpoint === undefined) return yield* failed(subscriber, event, never("no webhook has this name"))
    if (endpoint.disabled !== undefined) return yield* failed(subscriber, event, notNow("the endpoint is disabled"))
    if (masterKey === undefined) return yield* failed(subscriber, event, notNow("the service has no webhook key"))
    const secrets = endpointSecrets(masterKey, endpoint, yield* Clock.currentTimeMillis)
    return { name: subscriber, url: endpoint.url, secrets, isStored: true, owner: ownerOf(endpoint) }
  })
})
