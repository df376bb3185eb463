import assert from "node:assert/strict"
import { Anomalies, OrderStore, type Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, refuses } from "../expectations.ts"
import { change, committed, confirmed, startMs } from "../sample.ts"
import { anomaly, byShopKey, listed, troubled } from "./sample.ts"

export const committing: Group<OrderStore | Outbox | Anomalies> = {
  title: "anomalies of a commit",
  cases: [
    specify(
      "stand from then on, oldest first, then by id",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        const late = anomaly(order, 9, { kind: "voided", subject: "4711" })
        const early = anomaly(order, 3)
        const twin = anomaly(order, 4, { raisedAtMs: startMs + 3, kind: "voided", subject: "12" })
        yield* committed(order, { anomalies: [late, twin, early] })
        yield* answers(store.anomalies("order-1"), [early, twin, late])
        yield* answers(store.anomalies("nobody"), [])
      })
    ),
    specify(
      "of other orders do not stand here",
      Effect.gen(function*() {
        yield* troubled(1)
        yield* troubled(2)
        const open = yield* (yield* OrderStore).anomalies("order-2")
        assert.deepEqual(open.map(({ id }) => id), ["anomaly-2"])
      })
    ),
    specify(
      "are stored with the change or not at all",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const old = yield* confirmed(1)
        yield* committed(old)
        yield* refuses(store.commit(change(old, { anomalies: [anomaly(old, 1)] })), "Outdated", {})
        yield* answers(store.anomalies("order-1"), [])
        yield* answers(listed({}), [])
      })
    ),
    specify(
      "are replaced by their id, and the others stay",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* confirmed(1)
        const first = anomaly(order, 1)
        const second = anomaly(order, 2, { kind: "voided", subject: "4711" })
        const before = yield* committed(order, { anomalies: [first, second] })
        const worse: typeof first = { ...first, level: "error", data: { by: 700 }, changedAtMs: startMs + 500 }
        yield* committed(before, { anomalies: [worse] })
        yield* answers(store.anomalies("order-1"), [worse, second])
      })
    ),
    specify(
      "that are resolved stand no more, stay in the list, and make capacity for a new one",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* troubled(1)
        const resolved = { ...anomaly(order, 1), resolvedAtMs: startMs + 700 }
        const after = yield* committed(order, { anomalies: [resolved] })
        yield* answers(store.anomalies("order-1"), [])
        yield* answers((yield* Anomalies).list({}, { limit: 5 }), { items: [resolved] })
        const again = anomaly(order, 2)
        yield* committed(after, { anomalies: [again] })
        yield* answers(store.anomalies("order-1"), [again])
      })
    ),
    specify(
      "keep an acknowledgement that came in between",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* troubled(1)
        const stale = anomaly(order, 1)
        yield* (yield* Anomalies).acknowledge({ id: "anomaly-1", acknowledged: byShopKey })
        yield* committed(order, { anomalies: [{ ...stale, data: { by: 2 } }] })
        yield* answers(store.anomalies("order-1"), [{ ...stale, data: { by: 2 }, acknowledged: byShopKey }])
      })
    ),
    specify(
      "lose their notes when the order is erased, and nothing else",
      Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* troubled(1)
        const { acknowledge } = yield* Anomalies
        yield* acknowledge({ id: "anomaly-1", acknowledged: byShopKey })
        yield* store.erase("order-1")
        const { atMs, by } = byShopKey
        yield* answers(store.anomalies("order-1"), [{ ...anomaly(order, 1), acknowledged: { atMs, by } }])
      })
    )
  ]
}
