/**
 * The handlers of the merchants group.
 */
import { type MerchantAccount, Merchants } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { speaksFor } from "../access/authorize.ts"
import { Caller } from "../api/Authorization.ts"
import { DocdataApi } from "../api/DocdataApi.ts"
import type { MerchantView } from "../api/Merchants.ts"
import { problem } from "../api/problemCatalogue.ts"

const viewOf = (account: MerchantAccount): typeof MerchantView.Type => {
  const { active, refreshesPerMinute, credentials: { environment }, daysToPay, name, profile } = account
  return { name, active, environment, profile, daysToPay, refreshesPerMinute }
}

/** Accounts that the caller speaks for. */
const seen = Effect.gen(function*() {
  const caller = yield* Caller
  return (yield* (yield* Merchants).all()).filter(({ name }) => speaksFor(caller, name)).map(viewOf)
})

export const merchantsHandlers = HttpApiBuilder.group(DocdataApi, "merchants", (handlers) =>
  handlers.handleAll({
    list: Effect.fn("http.merchants.list")(function*() {
      return { merchants: yield* seen }
    }),
    read: Effect.fn("http.merchants.read")(function*({ params }) {
      const account = (yield* seen).find(({ name }) => name === params.merchant)
      return account ?? (yield* Effect.fail(problem("merchant-not-found", "your key speaks for no such account")))
    })
  }))
