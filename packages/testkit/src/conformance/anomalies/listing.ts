import assert from "node:assert/strict"
import { Anomalies, type AnomalyCursor, type OrderStore, type Outbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../Case.ts"
import { answers, refuses } from "../expectations.ts"
import { committed, startMs } from "../sample.ts"
import { anomaly, byShopKey, listed, orderless, troubled } from "./sample.ts"

/** Four, of two merchants and of none, in every state. */
const several = Effect.gen(function*() {
  const anomalies = yield* Anomalies
  const order = yield* troubled(1)
  yield* committed(order, { anomalies: [{ ...anomaly(order, 1), resolvedAtMs: startMs + 50 }] })
  yield* troubled(2, { level: "error", kind: "capture-failed", subject: "4711" })
  yield* troubled(3, {}, "other")
  const { merchant: _, ...ofNobody } = orderless(4, { kind: "webhook-endpoint-disabled" })
  yield* anomalies.raise(ofNobody)
  yield* anomalies.acknowledge({ id: "anomaly-2", acknowledged: byShopKey })
})

export const refreshing: Group<OrderStore | Outbox | Anomalies> = {
  title: "list and acknowledge",
  cases: [
    specify(
      "newest first, every field of the filter narrows",
      Effect.gen(function*() {
        yield* several
        yield* answers(listed({}), ["anomaly-4", "anomaly-3", "anomaly-2", "anomaly-1"])
        yield* answers(listed({ state: "open" }), ["anomaly-4", "anomaly-3"])
        yield* answers(listed({ state: "acknowledged" }), ["anomaly-2"])
        yield* answers(listed({ state: "resolved" }), ["anomaly-1"])
        yield* answers(listed({ kind: "overpaid" }), ["anomaly-3", "anomaly-1"])
        yield* answers(listed({ level: "error" }), ["anomaly-4", "anomaly-2"])
        yield* answers(listed({ orderId: "order-2" }), ["anomaly-2"])
        yield* answers(listed({ orderId: "order-2", state: "open" }), [])
        yield* answers((yield* Anomalies).openCounts(), [
          { kind: "webhook-endpoint-disabled", level: "error", count: 1 },
          { merchant: "other", kind: "overpaid", level: "warning", count: 1 }
        ])
      })
    ),
    specify(
      "of given merchants shows nothing of others and nothing of the whole service",
      Effect.gen(function*() {
        yield* several
        yield* answers(listed({ merchants: ["shop"] }), ["anomaly-2", "anomaly-1"])
        yield* answers(listed({ merchants: ["other", "shop"] }), ["anomaly-3", "anomaly-2", "anomaly-1"])
        yield* answers(listed({ merchants: ["nobody"] }), [])
        yield* answers(listed({ merchants: [] }), [])
      })
    ),
    specify(
      "pages go on after their last item, also among those raised at once",
      Effect.gen(function*() {
        const anomalies = yield* Anomalies
        for (let number = 1; number <= 5; number++) {
          yield* anomalies.raise(orderless(number, { raisedAtMs: startMs + Math.min(number, 3) }))
        }
        const seen: Array<string> = []
        let after: AnomalyCursor | undefined
        do {
          assert.ok(seen.length <= 5, "the list does not end")
          const page = yield* anomalies.list({}, { limit: 2, ...(after === undefined ? {} : { after }) })
          seen.push(...page.items.map(({ id }) => id))
          after = page.next
        } while (after !== undefined)
        assert.deepEqual(seen, [5, 4, 3, 2, 1].map((number) => `anomaly-${number}`))
      })
    ),
    specify(
      "an acknowledgement says who, when and why; the first one stays",
      Effect.gen(function*() {
        const anomalies = yield* Anomalies
        const order = yield* troubled(1)
        const known = { ...anomaly(order, 1), acknowledged: byShopKey }
        yield* answers(anomalies.acknowledge({ id: "anomaly-1", acknowledged: byShopKey }), known)
        const other = { atMs: startMs, by: "key-2" }
        yield* answers(anomalies.acknowledge({ id: "anomaly-1", acknowledged: other }), known)
        yield* answers(anomalies.list({}, { limit: 1 }), { items: [known] })
      })
    ),
    specify(
      "what is not there, or of another merchant, is not acknowledged",
      Effect.gen(function*() {
        const anomalies = yield* Anomalies
        yield* several
        const acknowledged = byShopKey
        yield* refuses(anomalies.acknowledge({ id: "nobody", acknowledged }), "AnomalyNotFound", { id: "nobody" })
        for (const merchants of [["shop"], ["shop", "nobody"], []]) {
          yield* refuses(anomalies.acknowledge({ id: "anomaly-3", merchants, acknowledged }), "AnomalyNotFound", {})
          yield* refuses(anomalies.acknowledge({ id: "anomaly-4", merchants, acknowledged }), "AnomalyNotFound", {})
        }
        yield* answers(listed({ state: "open" }), ["anomaly-4", "anomaly-3"])
        yield* anomalies.acknowledge({ id: "anomaly-3", merchants: ["other"], acknowledged })
        yield* answers(listed({ state: "open" }), ["anomaly-4"])
      })
    )
  ]
}
