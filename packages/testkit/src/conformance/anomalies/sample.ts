/**
 * Anomalies of the conformance cases. Times are milliseconds after the start.
 */
import { Anomalies, type Anomaly, type OrderlessAnomaly, type StoredOrder } from "@docdata/application"
import * as Effect from "effect/Effect"
import { committed, confirmed, startMs } from "../sample.ts"

/** An anomaly of an order, raised at an instant. */
export const anomaly = (
  { id: orderId, merchant }: StoredOrder,
  number: number,
  over: Partial<Anomaly> = {}
): Anomaly => ({
  id: `anomaly-${number}`,
  merchant,
  orderId,
  kind: "overpaid",
  subject: "",
  level: "warning",
  data: { by: number, currency: "EUR" },
  raisedAtMs: startMs + number,
  changedAtMs: startMs + number,
  ...over
})

/** One of no order. */
export const orderless = (number: number, over: Partial<OrderlessAnomaly> = {}): OrderlessAnomaly => ({
  id: `anomaly-${number}`,
  merchant: "shop",
  kind: "notification-dead-lettered",
  subject: `R${number}`,
  level: "error",
  data: { reason: "OrderNotFound" },
  raisedAtMs: startMs + number,
  ...over
})

/** An order with one anomaly; both have the number. */
export const troubled = (number: number, over: Partial<Anomaly> = {}, merchant = "shop") =>
  Effect.gen(function*() {
    const order = yield* confirmed(number, { order: { merchant } })
    return yield* committed(order, { anomalies: [anomaly(order, number, over)] })
  })

export const byShopKey = { atMs: startMs + 9000, by: "key-1", note: "asked the bank" }

/** Ids of a list. */
export const listed = (filter: Parameters<Anomalies["Service"]["list"]>[0], limit = 100) =>
  Effect.gen(function*() {
    const page = yield* (yield* Anomalies).list(filter, { limit })
    return page.items.map(({ id }) => id)
  })
