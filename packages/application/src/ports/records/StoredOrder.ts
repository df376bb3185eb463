/**
 * An order as it is kept: the kernel's state of it, and what the kernel does not need to know.
 */
import type { Order, PaymentRow } from "@docdata/domain"
import type { GatewayFailureReason } from "../gateway/GatewayFailure.ts"
import type { Registration } from "./moves.ts"

/** What is written down before Docdata is asked to create an order. */
export interface NewOrder {
  /** Ours, opaque, unique everywhere. Made by the caller from a random source. */
  readonly id: string
  /** Name of the merchant account in the configuration. Every query is scoped by it. */
  readonly merchant: string
  /** Name of the merchant on whose behalf a platform acts. */
  readonly subjectMerchant?: string
  /** The shop's own number of the order, 1 to 200 characters. Several attempts may share it. */
  readonly shopReference: string
  /** What Docdata is told, and what its notifications bring back. Unique per merchant for ever. */
  readonly orderReference: string
  /** Identifies a repeated request to create: the same key answers with the same order, unless that was abandoned. */
  readonly idempotencyKey: string
  /** Of the whole request; the same key with another fingerprint is a conflict, which the store refuses. */
  readonly fingerprint: string
  /** Two letters, ISO 639-1. */
  readonly language: string
  /** Two capitals, ISO 3166-1. */
  readonly billToCountry: string
  readonly currency: string
  /** Minor units of `currency`. */
  readonly grossMinor: number
  readonly createdAtMs: number
  /** Until when the process that reserved it is taken for alive; it renews the lease while it waits for Docdata. */
  readonly leaseUntilMs: number
}

/**
 * Why an attempt came to nothing: what the provider or the network said, without texts, or that its process was gone
 * before it knew anything.
 */
export type AbandonReason = GatewayFailureReason | { readonly _tag: "CreatorDied" }

/** An order of the store. */
export interface StoredOrder extends NewOrder {
  /** Counts the attempts for the same shop reference, from 1. */
  readonly orderAttempt: number
  readonly registration: Registration
  /** Of an abandoned order; absent if nobody said why. */
  readonly abandonedBecause?: AbandonReason
  /**
   * 0 when reserved, and one more with every confirm, abandon and commit. A change is accepted only if it was
   * decided on the current revision, so that no decision ever overwrites another unseen. Modifications and erasure
   * leave it alone: they decide nothing.
   */
  readonly revision: number
  /** The kernel's state. Its `key` is empty until the order is confirmed. */
  readonly state: Order
  /** When the request of the latest applied observation began; never goes back. Older observations are stale. */
  readonly observedFromMs?: number
  /** When the refresh schedule refreshes the order next; absent when nothing is expected any more. */
  readonly nextRefreshAtMs?: number
  /** How many scheduled refreshes in a row found no change. */
  readonly quietRefreshes: number
}

/** An order and its payments, read at one instant. */
export interface OrderSnapshot {
  readonly order: StoredOrder
  /** Ascending by number. A row found under another order carries that order's key in `orderKey`. */
  readonly payments: ReadonlyArray<PaymentRow>
}

/** How an order is named: by our id, by Docdata's key, or by the merchant and the reference it was created with. */
export type OrderName =
  | { readonly by: "id"; readonly id: string }
  | { readonly by: "key"; readonly merchant: string; readonly key: string }
  | { readonly by: "order-reference"; readonly merchant: string; readonly orderReference: string }
