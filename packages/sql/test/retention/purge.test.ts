import { noted } from "@docdata/testkit"
import { attemptsKept, DeliveryLog, OrderStore, Outbox } from "@docdata/application"
import { eventId } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { countPurgeable, purge } from "../../src/index.ts"
import { changeOf, newOrder } from "../crash/orders.ts"
import { engines } from "../support/engines.ts"

const refreshTimes = (times: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { id } = newOrder(0)
    for (let refresh = 0; refresh < times; refresh++) {
      yield* store.commit(changeOf(yield* store.read({ by: "id", id }), refresh))
    }
  })

/** A confirmed order that mail is told of. */
const published = (number: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { id } = newOrder(number)
    yield* store.reserve(newOrder(number))
    yield* store.confirm({
      orderId: id,
      key: `KEY${number}`,
      confirmedAtMs: 0,
      subscribers: ["mail"],
      nextRefreshAtMs: undefined
    })
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
          yield* refreshTimes(3)
          const before = yield* store.observations(newOrder(0).id, { limit: 200 })
          const [, second] = before.items.toReversed()
          // Looks are a second apart: this is after the first and before the second.
          assert.deepStrictEqual(yield* countPurgeable(second!.answeredAtMs), { texts: 1, attempts: 0 })
          assert.deepStrictEqual(yield* purge(second!.answeredAtMs), { texts: 1, attempts: 0 })
          assert.deepStrictEqual(yield* countPurgeable(second!.answeredAtMs), { texts: 0, attempts: 0 })
          assert.deepStrictEqual(yield* texts, [
            { requestText: "", replyText: "" },
            { requestText: "<request/>", replyText: "<reply>1</reply>" },
            { requestText: "<request/>", replyText: "<reply>2</reply>" }
          ])
          const after = yield* store.observations(newOrder(0).id, { limit: 200 })
          const without = (page: typeof after) => page.items.map((item) => ({ ...item, exchange: undefined }))
          assert.deepStrictEqual(without(after), without(before))
          assert.deepStrictEqual(yield* purge(second!.answeredAtMs), { texts: 0, attempts: 0 })
        }).pipe(Effect.provide(layer))
      ))

    it("works through more than one batch", () =>
      Effect.runPromise(
        Effect.gen(function*() {
          yield* (yield* OrderStore).reserve(newOrder(0))
          yield* refreshTimes(501)
          const steps: Array<number> = []
          const purged = yield* purge(Number.MAX_SAFE_INTEGER, ({ texts }) => {
            steps.push(texts)
          })
          assert.deepStrictEqual([purged.texts, steps], [501, [500, 501, 501]])
        }).pipe(Effect.provide(layer))
      ))

    it("removes attempts before an instant, in more than one batch, and no delivery", () =>
      Effect.runPromise(
        Effect.gen(function*() {
          const log = yield* DeliveryLog
          const deliveries = 26
          for (let number = 0; number < deliveries; number++) {
            yield* published(number)
            for (let attempt = 0; attempt < attemptsKept; attempt++) {
              yield* noted(yield* Outbox, {
                subscriber: "mail",
                eventId: eventId(newOrder(number).id, 1, 0),
                atMs: attempt,
                durationMs: 1,
                outcome: { status: 503 }
              })
            }
          }
          // The newest of each stays.
          const beforeMs = attemptsKept - 1
          const old = { texts: 0, attempts: deliveries * beforeMs }
          assert.deepStrictEqual(yield* countPurgeable(beforeMs), old)
          const steps: Array<number> = []
          assert.deepStrictEqual(
            yield* purge(beforeMs, ({ attempts }) => {
              steps.push(attempts)
            }),
            old
          )
          assert.deepStrictEqual(steps, [0, 500, 1000, old.attempts])
          assert.deepStrictEqual(
            (yield* log.attempts("mail", eventId(newOrder(0).id, 1, 0))).map(({ atMs }) => atMs),
            [beforeMs]
          )
          assert.strictEqual(yield* Outbox.use((outbox) => outbox.backlog("mail")), deliveries)
          assert.deepStrictEqual(yield* purge(beforeMs), { texts: 0, attempts: 0 })
        }).pipe(Effect.provide(layer))
      ))
  })
}
