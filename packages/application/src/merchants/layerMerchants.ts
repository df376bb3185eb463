/**
 * Merchant accounts from a list.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Order from "effect/Order"
import * as Ref from "effect/Ref"
import { type MerchantAccount, Merchants, UnknownMerchant } from "../ports/index.ts"

/**
 * The accounts that `accounts` holds at the moment of each call: whoever sets it rotates credentials, adds accounts
 * or makes them inactive without a restart. Of two accounts with one name the last counts.
 */
export const layerMerchantsFrom = (accounts: Ref.Ref<ReadonlyArray<MerchantAccount>>): Layer.Layer<Merchants> =>
  Layer.succeed(
    Merchants,
    Merchants.of({
      find: (name) =>
        Effect.flatMap(Ref.get(accounts), (all) => {
          const account = all.findLast((account) => account.name === name)
          return account === undefined ? Effect.fail(new UnknownMerchant({ merchant: name })) : Effect.succeed(account)
        }),
      all: () =>
        Effect.map(Ref.get(accounts), (all) =>
          [...new Map(all.map((account) => [account.name, account])).values()]
            .toSorted((a, b) => Order.String(a.name, b.name)))
    })
  )

/** Accounts that never change. */
export const layerMerchants = (accounts: ReadonlyArray<MerchantAccount>): Layer.Layer<Merchants> =>
  layerMerchantsFrom(Ref.makeUnsafe(accounts))
