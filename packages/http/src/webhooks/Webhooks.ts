/**
 * What else can be done with webhooks than to deliver events: for those who add endpoints and look after them.
 */
import type { StoredEndpoint } from "@docdata/application"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type { SentWebhook } from "./sendWebhook.ts"

export class Webhooks extends Context.Service<Webhooks, {
  /** Whether endpoints can be added: the service has a master key to derive their keys from. */
  readonly canSign: boolean
  /** Why messages could never be sent to an address, or `undefined`. */
  readonly urlViolation: (url: string) => string | undefined
  /**
   * What the receiver checks signatures of the newest key with: `whsec_...`, a secret to be shown once, or `whpk_...`, a
   * public key. `undefined` without a master key.
   */
  readonly verifierOf: (endpoint: StoredEndpoint) => Redacted.Redacted | undefined
  /** Sends a `webhook.test` message once, also while the endpoint is disabled. Changes nothing. */
  readonly test: (endpoint: StoredEndpoint) => Effect.Effect<SentWebhook>
}>()("@docdata/http/Webhooks") {}
