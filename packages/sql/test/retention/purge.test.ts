import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { countPurgeable, purge } from "../../src/index.ts"
import { changeOf, newOrder } from "../crash/orders.ts"
import { engines } from "../support/engines.ts"

const lookTimes = (times: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { id } = newOrder(0)
    for (let look = 0; look < times; look++) yield* store.commit(changeOf(yield* store.read({ by: "id", id }), look))
  })

const texts = Effect.gen(function*() {
  const page = yield* (yield* OrderStore).observations(newOrder(0).id, { limit: 200 })
  return page.items.toReversed().map(({ exchange }) => exchange)
})

for (const { layer, name } of engines()) {
  describe(`purge on ${name}`, () => {
    it("empties the texts of exchanges before an instant, and nothing else", () =>
      Effect.runPromise(
        Effect.gen(function*() {
          const store = yield* OrderStore
          yield* store.reserve(newOrder(0))
          yield* lookTimes(3)
          const before = yield* store.observations(newOrder(0).id, { limit: 200 })
          const [, second] = before.items.toReversed()
          // Looks are a second apart: this is after the first and before the second.
          assert.strictEqual(yield* countPurgeable(second!.answeredAtMs), 1)
          assert.strictEqual(yield* purge(second!.answeredAtMs), 1)
          assert.strictEqual(yield* countPurgeable(second!.answeredAtMs), 0)
          assert.deepStrictEqual(yield* texts, [
            { requestText: "", replyText: "" },
            { requestText: "<request/>", replyText: "<reply>1</reply>" },
            { requestText: "<request/>", replyText: "<reply>2</reply>" }
          ])
          const after = yield* store.observations(newOrder(0).id, { limit: 200 })
          const without = (page: typeof after) => page.items.map((item) => ({ ...item, exchange: undefined }))
          assert.deepStrictEqual(without(after), without(before))
          assert.strictEqual(yield* purge(second!.answeredAtMs), 0)
        }).pipe(Effect.provide(layer))
      ))

    it("works through more than one batch", () =>
      Effect.runPromise(
        Effect.gen(function*() {
          yield* (yield* OrderStore).reserve(newOrder(0))
          yield* lookTimes(501)
          const steps: Array<number> = []
          const purged = yield* purge(Number.MAX_SAFE_INTEGER, (count) => {
            steps.push(count)
          })
          assert.deepStrictEqual([purged, steps], [501, [500, 501]])
        }).pipe(Effect.provide(layer))
      ))
  })
}
