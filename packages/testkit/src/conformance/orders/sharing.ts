import assert from "node:assert/strict"
import { OrderStore, Outdated } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce, callerCount, refuses } from "../expectations.ts"
import { change, committed, confirmed, keyOf, modification, observation, row } from "../sample.ts"

const byId = (number: number) => ({ by: "id", id: `order-${number}` }) as const

/** What a refused commit must leave as it is. */
const everythingOf = (number: number) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { order, payments } = yield* store.read(byId(number))
    const { items } = yield* store.observations(order.id, { limit: 5 })
    return [order, payments, items, yield* store.events(order.id), yield* store.modifications(order.id)]
  })

export const sharing: Group<OrderStore> = {
  title: "payments of one order",
  cases: [
    specify(
      "a payment that another order of the merchant has is not added, and nothing of the change is stored",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* confirmed(1), { payments: [row("7"), row("8")] })
        const order = yield* committed(yield* confirmed(2), { payments: [row("1")] })
        const before = yield* everythingOf(2)
        const outdated = { orderId: order.id, expectedRevision: order.revision, actualRevision: order.revision }
        const all = change(order, {
          payments: [row("1"), row("9"), row("8"), row("7")],
          observation: observation(1),
          events: [{ type: "notification.received" }],
          modifications: [modification(order.id, "C1")]
        })
        yield* refuses(store.commit(all), "Outdated", { ...outdated, paymentId: "7" })
        yield* answers(everythingOf(2), before)
        yield* store.commit({ ...all, payments: [row("1"), row("9"), row("8", { orderKey: keyOf(1) })] })
        assert.deepEqual((yield* store.read(byId(2))).payments, [row("1"), row("9")])
        assert.deepEqual((yield* store.read(byId(1))).payments, [row("7"), row("8")])
      })
    ),
    specify(
      "another revision is what is said first",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* confirmed(1), { payments: [row("7")] })
        const order = yield* confirmed(2)
        yield* committed(order)
        const refusal = yield* Effect.flip(store.commit(change(order, { payments: [row("7")] })))
        assert.deepEqual(refusal, new Outdated({ orderId: order.id, expectedRevision: 1, actualRevision: 2 }))
      })
    ),
    specify(
      "a payment that its order no longer has is free, and an order keeps its own",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const first = yield* committed(yield* confirmed(1), { payments: [row("7")] })
        const kept = yield* committed(first, { payments: [row("7", { debitedMinor: 5 })] })
        const without = yield* committed(kept, { payments: [] })
        const second = yield* committed(yield* confirmed(2), { payments: [row("7")] })
        assert.deepEqual((yield* store.read(byId(2))).payments, [row("7")])
        yield* refuses(store.commit(change(without, { payments: [row("7")] })), "Outdated", { paymentId: "7" })
        yield* committed(second, { payments: [row("7")] })
      })
    ),
    specify(
      "other merchants have payments of the same number",
      Effect.gen(function*() {
        const store = yield* OrderStore
        yield* committed(yield* confirmed(1), { payments: [row("7")] })
        yield* committed(yield* confirmed(2, { order: { merchant: "other" } }), { payments: [row("7")] })
        assert.deepEqual((yield* store.read(byId(2), ["7"])).payments, [row("7")])
      })
    ),
    specify(
      "of several orders that add one payment at once one has it",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const orders = yield* Effect.forEach(
          Array.from({ length: callerCount }, (_, number) => number),
          (number) => confirmed(number)
        )
        const said = yield* atOnce((caller) => {
          const payments = [row("7"), row(String(1_000 + caller)), row("8")]
          return Effect.match(
            store.commit(change(orders[caller]!, { payments: caller % 2 === 0 ? payments : payments.toReversed() })),
            { onSuccess: () => "stored", onFailure: ({ _tag }) => _tag }
          )
        })
        assert.deepEqual(said.toSorted(), [
          ...Array.from({ length: callerCount - 1 }, () => "Outdated"),
          "stored"
        ])
        const held = yield* Effect.forEach(orders, ({ id }) => store.read({ by: "id", id }, ["7"]))
        const owners = held.filter(({ payments }) => payments.some(({ orderKey }) => orderKey === undefined))
        assert.deepEqual(owners.map(({ order }) => order.revision), [2])
        assert.deepEqual(new Set(held.map(({ payments }) => payments[0]?.paymentId)), new Set(["7"]))
      })
    )
  ]
}
