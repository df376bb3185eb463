/**
 * A database of each version, with a row in every table, written by plain SQL as that version had it: a later change of
 * the stores' own code does not change what an old database looks like.
 */
import { Inbox, OrderStore, Outbox } from "@docdata/application"
import { claimFor } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import { assert } from "vitest"
import { Database } from "../../src/index.ts"
import { layerStores } from "../../src/layerStores.ts"
import { statement } from "../../src/Script.ts"

const state = JSON.stringify({
  status: "paid",
  fulfilment: "ship",
  createdAtMs: 1000,
  currency: "EUR",
  grossMinor: 3310
})

const body = JSON.stringify({
  report: { totals: { exchangedTo: "EUR", registered: 3310, captured: 3310 }, payments: [] },
  rules: "strict",
  decision: { status: "paid", rule: "paid-in-full", figures: {}, compared: [], fulfilment: "ship" },
  findings: []
})

const version1 = [
  `INSERT INTO docdata_orders (id, merchant, subject_merchant, shop_reference, reference, idempotency_key, fingerprint,
    language, bill_to_country, currency, gross_minor, created_at_ms, attempt, registration, revision, order_key, status,
    state, observed_from_ms, next_check_at_ms, quiet_checks)
  VALUES ('order-1', 'shop', 'stall', 'S1', 'R1', 'I1', 'F1', 'nl', 'NL', 'EUR', 3310, 1000, 1, 'confirmed', 2, 'KEY1',
    'paid', '${state}', 2000, 9000, 3)`,
  `INSERT INTO docdata_payments (order_id, payment_id, payment_method, status, confidence_level, currency,
    allocated_minor, debited_minor, refunded_minor, charged_back_minor, reversed_minor) VALUES
    ('order-1', '4711', 'IDEAL', 'AUTHORIZED', 'ACQUIRER_APPROVED', 'EUR', 3310, 3310, 0, 0, 0)`,
  `INSERT INTO docdata_observations VALUES
    ('order-1', 2, 'notification', 2000, 2100, '${body}', '<request/>', '<reply/>')`,
  `INSERT INTO docdata_events (order_id, revision, position, occurred_at_ms, news)
  VALUES ('order-1', 2, 0, 2200, '{"type":"notification.received"}')`,
  `INSERT INTO docdata_deliveries (consumer, order_id, revision, position, occurred_at_ms, place, ready_at_ms, claim,
    attempts, parked_at_ms, reason)
  VALUES ('webhook', 'order-1', 2, 0, 2200, 'waiting', 2200, NULL, 1, NULL, NULL)`,
  `INSERT INTO docdata_movements VALUES ('order-1', 'capture', 'C1', '4711', 3310, 'EUR', 'confirmed', 1500, 1600)`,
  `INSERT INTO docdata_periods VALUES ('shop', 'subscription', '2026-01', 'order-1')`,
  `INSERT INTO docdata_inbox (id, merchant, reference, first_received_at_ms, last_received_at_ms, notification_count,
    attempts, place, ready_at_ms, claim, parked_at_ms, reason)
  VALUES ('n1', 'shop', 'R1', 1900, 1950, 2, 0, 'waiting', 1900, NULL, NULL, NULL)`
]

const version3 = [
  ...version1,
  `INSERT INTO docdata_webhook_endpoints VALUES ('whe_1', '["shop"]', 'https://shop.example/hooks',
    '["order.status_changed"]', 'v1a', 1000, 3, 9000, 'failing', 5000, 2000, 3000, 7)`,
  `INSERT INTO docdata_delivery_attempts VALUES ('webhook', 'order-1', 2, 0, 2300, 40, 503, NULL)`
]

const version4 = [
  ...version3,
  `INSERT INTO docdata_anomalies VALUES ('a1', 'shop', 'order-1', 'overpaid', '', 'warning', '{"by":5}', 2200, 2300,
    NULL, 2400, 'key-1', 'asked the bank')`
]

const trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

const version5 = [
  ...version4,
  `UPDATE docdata_inbox SET traceparent = '${trace}'`,
  `UPDATE docdata_events SET traceparent = '${trace}'`
]

const version6 = [...version5, `UPDATE docdata_deliveries SET standing = 'later'`]

const version7 = [...version6, `UPDATE docdata_events SET place = 1`]

const version11 = [...version7, `UPDATE docdata_orders SET erased = 1`]

const version12 = [...version11, `UPDATE docdata_payments SET merchant = 'shop'`]

const version14 = [
  `INSERT INTO docdata_orders (id, merchant, subject_merchant, shop_reference, order_reference, idempotency_key,
    fingerprint, language, bill_to_country, currency, gross_minor, created_at_ms, order_attempt, registration, revision,
    order_key, status, state, observed_from_ms, next_refresh_at_ms, quiet_refreshes, erased)
  VALUES ('order-1', 'shop', 'stall', 'S1', 'R1', 'I1', 'F1', 'nl', 'NL', 'EUR', 3310, 1000, 1, 'confirmed', 2, 'KEY1',
    'paid', '${state}', 2000, 9000, 3, 1)`,
  `INSERT INTO docdata_payments (order_id, payment_id, payment_method, status, confidence_level, currency,
    allocated_minor, debited_minor, refunded_minor, charged_back_minor, reversed_minor, merchant) VALUES
    ('order-1', '4711', 'IDEAL', 'AUTHORIZED', 'ACQUIRER_APPROVED', 'EUR', 3310, 3310, 0, 0, 0, 'shop')`,
  `INSERT INTO docdata_observations VALUES
    ('order-1', 2, 'notification', 2000, 2100, '${body}', '<request/>', '<reply/>')`,
  `INSERT INTO docdata_events (order_id, revision, position, occurred_at_ms, payload, traceparent, feed_position)
  VALUES ('order-1', 2, 0, 2200, '{"type":"notification.received"}', '${trace}', 1)`,
  `INSERT INTO docdata_deliveries (subscriber, order_id, revision, position, occurred_at_ms, queue_state, ready_at_ms,
    attempts, queue_position)
  VALUES ('webhook', 'order-1', 2, 0, 2200, 'waiting', 2200, 1, 'later')`,
  `INSERT INTO docdata_modifications VALUES ('order-1', 'capture', 'C1', '4711', 3310, 'EUR', 'confirmed', 1500, 1600)`,
  `INSERT INTO docdata_periods VALUES ('shop', 'subscription', '2026-01', 'order-1')`,
  `INSERT INTO docdata_inbox (id, merchant, order_reference, first_received_at_ms, last_received_at_ms,
    notification_count, attempts, queue_state, ready_at_ms, traceparent)
  VALUES ('n1', 'shop', 'R1', 1900, 1950, 2, 0, 'waiting', 1900, '${trace}')`,
  ...version4.slice(version1.length)
]

const version15 = [
  ...version14,
  `UPDATE docdata_orders SET lease_until_ms = 11000`
]

// Observations are written without naming their columns.
const withoutPolicy = (text: string): string =>
  text.replace(
    "INSERT INTO docdata_observations VALUES",
    `INSERT INTO docdata_observations
    (order_id, revision, observed_by, asked_at_ms, answered_at_ms, body, request_text, reply_text) VALUES`
  )

const version17 = [
  ...version15.map(withoutPolicy),
  `INSERT INTO docdata_shop_orders (merchant, shop_reference, revision, attempts, shop_status)
  VALUES ('shop', 'S1', 1, '[]', 'open')`
]

// Modifications are written without naming their columns.
const version19 = [
  ...version17.map((text) =>
    text.replace(
      "INSERT INTO docdata_modifications VALUES",
      `INSERT INTO docdata_modifications (order_id, kind, reference, payment_id, amount_minor, currency, state,
        requested_at_ms, changed_at_ms) VALUES`
    )
  ),
  `UPDATE docdata_modifications SET final = 1`
]

// Version 2 has other indexes and the same rows; versions 8 and 9 only mend rows, versions 10
// and 13 have indexes more.
const snapshots: Readonly<Record<number, ReadonlyArray<string>>> = {
  1: version1,
  2: version1,
  3: version3,
  4: version4,
  5: version5,
  6: version6,
  7: version7,
  8: version7,
  9: version7,
  10: version7,
  11: version11,
  12: version12,
  13: version12,
  14: version14,
  15: version15,
  16: version15.map(withoutPolicy),
  17: version17,
  18: version17,
  19: version19
}

/** Fills a database that is at this version. A new version needs a snapshot of its own. */
export const fillVersion = (version: number) =>
  Database.use(({ together }) =>
    together("test", function*() {
      for (const sql of snapshots[version] ?? assert.fail(`there is no snapshot of version ${version}`)) {
        yield statement(sql)
      }
      return Effect.void
    })
  )

/** What the newest stores have to say about the rows of any snapshot. */
export const filled = Effect.gen(function*() {
  const store = yield* OrderStore
  const { order, payments } = yield* store.read({ by: "key", merchant: "shop", key: "KEY1" })
  assert.deepInclude(order, {
    id: "order-1",
    subjectMerchant: "stall",
    revision: 2,
    observedFromMs: 2000,
    quietRefreshes: 3
  })
  assert.deepInclude(order.state, { status: "paid", key: "KEY1" })
  assert.deepInclude(payments[0], { paymentId: "4711", debitedMinor: 3310 })
  const [refresh] = (yield* store.observations("order-1", { limit: 1 })).items
  assert.deepInclude(refresh?.exchange, { requestText: "<request/>", replyText: "<reply/>" })
  assert.strictEqual((yield* store.modifications("order-1"))[0]?.state, "confirmed")
  assert.isFalse(yield* store.takePeriod({ merchant: "shop", series: "subscription", period: "2026-01", orderId: "2" }))
  const request = { nowMs: 5000, leaseUntilMs: 6000, limit: 5, claim: "c" }
  assert.deepStrictEqual((yield* (yield* Inbox).claim({ ...request, merchant: "shop" })).map(({ id }) => id), ["n1"])
  const [delivery] = yield* claimFor(yield* Outbox, { ...request, subscriber: "webhook" })
  assert.strictEqual(delivery?.event.id, "order-1-2-0")
  assert.strictEqual(delivery?.attempts, 2)
}).pipe(Effect.provide(layerStores))
