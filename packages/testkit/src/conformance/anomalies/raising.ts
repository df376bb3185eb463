import assert from "node:assert/strict"
import { Anomalies, OrderStore, type Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, atOnce } from "../expectations.ts"
import { startMs } from "../sample.ts"
import { byShopKey, listed, orderless, troubled } from "./sample.ts"

const which = { merchant: "shop", kind: "notification-dead-lettered", subject: "R1" } as const

export const raising: Group<OrderStore | Outbox | Anomalies> = {
  title: "raise and resolve those of no order",
  cases: [
    specify(
      "one is raised once while it stands, acknowledged or not",
      Effect.gen(function*() {
        const anomalies = yield* Anomalies
        const first = orderless(1)
        const stored = { ...first, changedAtMs: first.raisedAtMs }
        yield* answers(anomalies.raise(first), { raised: true, anomaly: stored })
        yield* answers(anomalies.raise(orderless(2, { subject: "R1" })), { raised: false, anomaly: stored })
        const known = yield* anomalies.acknowledge({ id: "anomaly-1", acknowledged: byShopKey })
        yield* answers(anomalies.raise(orderless(3, { subject: "R1" })), { raised: false, anomaly: known })
        yield* answers(listed({}), ["anomaly-1"])
      })
    ),
    specify(
      "another merchant, kind or subject is another one, and so is that of no merchant",
      Effect.gen(function*() {
        const anomalies = yield* Anomalies
        yield* anomalies.raise(orderless(1))
        const { merchant: _, ...ofNobody } = orderless(5, { subject: "R1" })
        const others = [
          orderless(2, { subject: "R1", merchant: "other" }),
          orderless(3, { subject: "R1", kind: "webhook-endpoint-disabled" }),
          orderless(4),
          ofNobody
        ]
        for (const other of others) assert.equal((yield* anomalies.raise(other)).raised, true)
        assert.equal((yield* anomalies.raise({ ...ofNobody, id: "anomaly-6" })).raised, false)
      })
    ),
    specify(
      "of several at once one is raised",
      Effect.gen(function*() {
        const anomalies = yield* Anomalies
        const raised = yield* atOnce((caller) => anomalies.raise(orderless(caller, { subject: "R" })))
        assert.equal(raised.filter((one) => one.raised).length, 1)
        assert.equal(new Set(raised.map(({ anomaly }) => anomaly.id)).size, 1)
      })
    ),
    specify(
      "a resolved one is over, and may be raised again",
      Effect.gen(function*() {
        const anomalies = yield* Anomalies
        yield* anomalies.raise(orderless(1))
        yield* answers(anomalies.resolve({ ...which, atMs: startMs + 70 }), true)
        yield* answers(anomalies.resolve({ ...which, atMs: startMs + 80 }), false)
        const [over] = (yield* anomalies.list({ state: "resolved" }, { limit: 5 })).items
        assert.equal(over!.resolvedAtMs, startMs + 70)
        assert.equal((yield* anomalies.raise(orderless(2, { subject: "R1" }))).raised, true)
      })
    ),
    specify(
      "those of orders are neither in the way nor resolved",
      Effect.gen(function*() {
        const anomalies = yield* Anomalies
        yield* troubled(1, { kind: "notification-dead-lettered", subject: "R1" })
        yield* answers(anomalies.resolve({ ...which, atMs: startMs }), false)
        assert.equal((yield* anomalies.raise(orderless(2, { subject: "R1" }))).raised, true)
        assert.equal((yield* (yield* OrderStore).anomalies("order-1")).length, 1)
      })
    )
  ]
}
