import { type MerchantAccount, Merchants } from "@docdata/application"
import { defaultPolicy } from "@docdata/domain"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import { layerMerchants, layerMerchantsFrom } from "../src/index.ts"

const account = (name: string, password: string): MerchantAccount => ({
  name,
  active: true,
  credentials: { environment: "test", merchantName: name, password: Redacted.make(password) },
  policy: defaultPolicy,
  profile: "standard",
  daysToPay: 14,
  refreshesPerMinute: 60
})

const passwordOf = (name: string) =>
  Effect.gen(function*() {
    const { credentials } = yield* (yield* Merchants).find(name)
    return Redacted.value(credentials.password)
  })

describe("merchants from a list", () => {
  it.effect("are found by name and listed by name", () =>
    Effect.gen(function*() {
      const merchants = yield* Merchants
      assert.strictEqual(yield* passwordOf("b"), "pb")
      assert.deepStrictEqual((yield* merchants.all()).map(({ name }) => name), ["a", "b"])
    }).pipe(Effect.provide(layerMerchants([account("b", "pb"), account("a", "pa")]))))

  it.effect("that are not there are a typed refusal", () =>
    Effect.gen(function*() {
      const refusal = yield* Effect.flip((yield* Merchants).find("nobody"))
      assert.strictEqual(refusal.merchant, "nobody")
    }).pipe(Effect.provide(layerMerchants([]))))

  it.effect("change their credentials without a restart", () => {
    const accounts = Ref.makeUnsafe<ReadonlyArray<MerchantAccount>>([account("a", "old")])
    return Effect.gen(function*() {
      assert.strictEqual(yield* passwordOf("a"), "old")
      yield* Ref.set(accounts, [account("a", "new")])
      assert.strictEqual(yield* passwordOf("a"), "new")
    }).pipe(Effect.provide(layerMerchantsFrom(accounts)))
  })
})
