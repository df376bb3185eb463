/**
 * A webhook endpoint as it is stored: who receives what, and how it has been going.
 *
 * Holds no secret. What an endpoint's messages are signed with is derived from the service's own key, the id and the
 * version of the endpoint's key.
 */
import type { EventPayload } from "./StoredEvent.ts"

/** `v1`: HMAC-SHA256 with a shared secret. `v1a`: ed25519, of which the receiver knows the public key only. */
export type SignatureKind = "v1" | "v1a"

/** `by-hand`: somebody wanted it. `gone`: the receiver answered 410. `failing`: nothing got through for days. */
type DisabledBecause = "by-hand" | "gone" | "failing"

/** Why nothing is sent, and since when. */
export interface Disabled {
  readonly because: DisabledBecause
  readonly sinceMs: number
}

/** What the last attempts came to. */
export interface EndpointHealth {
  readonly lastSuccessAtMs?: number
  /** The first failure since the last success. */
  readonly failingSinceMs?: number
  /** Failures since the last success. */
  readonly consecutiveFailures: number
}

export interface StoredEndpoint {
  /** Also the name of the subscriber that its deliveries are kept under; never given to another. */
  readonly id: string
  /** Whose events it receives. */
  readonly merchants: ReadonlyArray<string> | "all"
  readonly url: string
  readonly types: ReadonlyArray<EventPayload["type"]> | "all"
  readonly signature: SignatureKind
  readonly createdAtMs: number
  /** From 1, one more with each rotation. */
  readonly keyVersion: number
  /** Until then messages are signed with the version before as well. */
  readonly previousKeyUntilMs?: number
  /** Absent while messages are sent. */
  readonly disabled?: Disabled
  readonly health: EndpointHealth
}

/** An endpoint that was not stored yet. */
export type NewEndpoint = Pick<StoredEndpoint, "id" | "merchants" | "url" | "types" | "signature" | "createdAtMs">
