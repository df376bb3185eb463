import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import { newId, randomText } from "../src/identifiers.ts"
import { fingerprintOf } from "../src/orders/fingerprintOf.ts"

describe("ids", () => {
  it.effect("say of what they are, and use every letter that is not taken for another one", () =>
    Effect.gen(function*() {
      assert.match(yield* newId("ord"), /^ord_[0-9A-HJKMNP-TV-Z]{20}$/)
      const letters = new Set(yield* randomText(5000))
      assert.strictEqual(letters.size, 32)
    }).pipe(Random.withSeed("letters")))

  it.effect("differ, and are the same for the same random numbers", () =>
    Effect.gen(function*() {
      const many = Effect.replicateEffect(newId("x"), 1000)
      const first = yield* Random.withSeed(many, "a")
      assert.strictEqual(new Set(first).size, 1000)
      assert.deepEqual(yield* Random.withSeed(many, "a"), first)
      assert.notDeepEqual(yield* Random.withSeed(many, "b"), first)
    }))
})

describe("a fingerprint", () => {
  it("is the same whatever the order of fields, and whatever is absent or undefined", () => {
    assert.strictEqual(
      fingerprintOf({ a: 1, b: { c: [1, 2], d: "x" } }),
      fingerprintOf({ b: { d: "x", c: [1, 2] }, a: 1 })
    )
    assert.strictEqual(fingerprintOf({ a: 1, b: undefined }), fingerprintOf({ a: 1 }))
  })

  it("differs for other values, other places and another order of a list", () => {
    const values = [{ a: 1 }, { a: "1" }, { b: 1 }, { a: [1, 2] }, { a: [2, 1] }, { a: null }, {}, [{ a: 1 }], "a", {
      a: "ab"
    }, { a: "ba" }]
    assert.strictEqual(new Set(values.map(fingerprintOf)).size, values.length)
  })

  it("does not depend on secrets, and holds nothing of what it is of", () => {
    const one = fingerprintOf({ token: Redacted.make("a"), name: "Nobody" })
    assert.strictEqual(fingerprintOf({ token: Redacted.make("b"), name: "Nobody" }), one)
    assert.match(one, /^[0-9a-f]{24}$/)
  })
})
