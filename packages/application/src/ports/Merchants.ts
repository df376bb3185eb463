/**
 * The merchant accounts this process serves.
 *
 * What every adapter keeps: an answer holds the credentials of this moment, so that a rotation needs no restart;
 * nothing of an answer is kept longer than for one call.
 */
import type { Policy } from "@docdata/domain"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { ShopStatuses } from "../shop/ShopStatuses.ts"
import type { Merchant } from "../gateway/Merchant.ts"

/** One account: how to call Docdata in its name, and what it decided. */
export interface MerchantAccount {
  /** The name in the configuration; orders carry it. */
  readonly name: string
  /** An inactive account's orders are read and refreshed, but nothing new is created or started. */
  readonly active: boolean
  readonly credentials: Merchant
  readonly policy: Policy
  /** Payment profile for new orders, 1 to 50 characters. */
  readonly profile: string
  readonly daysToPay: number
  /** Status calls per minute that the refresh schedule may spend on this account. */
  readonly refreshesPerMinute: number
  /** The shop's own statuses; absent if it uses ours. Free of problems, see `shopStatusesViolations`. */
  readonly shop?: ShopStatuses
}

/** No account has this name; no call was made. */
export class UnknownMerchant extends Data.TaggedError("UnknownMerchant")<{ readonly merchant: string }> {
  override get message(): string {
    return `no merchant account is configured under the name ${this.merchant}`
  }
}

export class Merchants extends Context.Service<Merchants, {
  readonly find: (name: string) => Effect.Effect<MerchantAccount, UnknownMerchant>
  /** All accounts, by name. */
  readonly all: () => Effect.Effect<ReadonlyArray<MerchantAccount>>
}>()("@docdata/application/Merchants") {}
