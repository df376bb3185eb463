/**
 * The handlers of the merchants group.
 */
import { type MerchantAccount, Merchants } from "@docdata/application"
import { apiOf, Caller, type Merchant, MerchantsGroup, problem } from "@docdata/contract"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { routesOf } from "./routesOf.ts"
import { speaksFor } from "../access/authorize.ts"

const viewOf = (account: MerchantAccount): typeof Merchant.Type => {
  const { active, refreshesPerMinute, credentials: { environment }, daysToPay, name, profile } = account
  return { name, active, environment, profile, daysToPay, refreshesPerMinute: refreshesPerMinute }
}

/** Accounts that the caller speaks for. */
const seen = Effect.gen(function*() {
  const caller = yield* Caller
  return (yield* (yield* Merchants).all()).filter(({ name }) => speaksFor(caller, name)).map(viewOf)
})

const api = apiOf(MerchantsGroup)

export const merchantsRoutes = routesOf(
  api,
  HttpApiBuilder.group(api, "merchants", (handlers) =>
    handlers.handleAll({
      list: Effect.fn("http.merchants.list")(function*() {
        return { merchants: yield* seen }
      }),
      read: Effect.fn("http.merchants.read")(function*({ params }) {
        const account = (yield* seen).find(({ name }) => name === params.merchant)
        return account ?? (yield* Effect.fail(problem("merchant-not-found", "your key speaks for no such account")))
      })
    }))
)
