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
  it.effect("is the same whatever the order of fields, and whatever is absent or undefined", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* fingerprintOf({ a: 1, b: { c: [1, 2], d: "x" } }),
        yield* fingerprintOf({ b: { d: "x", c: [1, 2] }, a: 1 })
      )
      assert.strictEqual(yield* fingerprintOf({ a: 1, b: undefined }), yield* fingerprintOf({ a: 1 }))
    }))

  it.effect("differs for other values, other places and another order of a list", () =>
    Effect.gen(function*() {
      const values = [
        { a: 1 },
        { a: "1" },
        { b: 1 },
        { a: [1, 2] },
        { a: [2, 1] },
        { a: null },
        { a: Number.NaN },
        { a: [undefined] },
        { a: [null] },
        {},
        [{ a: 1 }],
        "a",
        {
          a: "ab"
        },
        { a: "ba" }
      ]
      const fingerprints = yield* Effect.forEach(values, fingerprintOf)
      assert.strictEqual(new Set(fingerprints).size, values.length)
    }))

  it.effect("is the SHA-256 of the request as JSON with its fields in order", () =>
    Effect.gen(function*() {
      // The digest of ["web-1",{"a":1,"b":"\u00e9"}], thirty ASCII characters, by sha256sum.
      assert.strictEqual(
        yield* fingerprintOf(["web-1", { b: "\u00e9", a: 1 }]),
        "sha256:e5ebd77098f3f2725039189ea81a993656dd02d676e162d747db68b0238b49cd"
      )
    }))

  it.effect("does not depend on secrets, and holds nothing of what it is of", () =>
    Effect.gen(function*() {
      const one = yield* fingerprintOf({ token: Redacted.make("a"), name: "Nobody" })
      assert.strictEqual(yield* fingerprintOf({ token: Redacted.make("b"), name: "Nobody" }), one)
      assert.match(one, /^sha256:[0-9a-f]{64}$/)
    }))
})
