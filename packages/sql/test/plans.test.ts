/**
 * Every list and every claim reads an index in its order: nothing is sorted or read as a whole, whatever the tables hold.
 */
import { type Commit, OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { listStatement as listAnomalies } from "../src/anomalies/listAnomalies.ts"
import { openAnomaliesStatement } from "../src/anomalies/openAnomalies.ts"
import {
  inboxStatement as inboxBacklog,
  outboxStatement as outboxBacklog,
  refreshesStatement
} from "../src/backlogs/sqlBacklogs.ts"
import { Database } from "../src/index.ts"
import type { Dialect } from "../src/Dialect.ts"
import { pageStatement as feedPage } from "../src/feed/sqlEventFeed.ts"
import { claimStatement as claimItems, merchantsStatement } from "../src/inbox/claimItems.ts"
import { deadLettersStatement as deadLetteredItems } from "../src/inbox/sqlInbox.ts"
import { guardStatement } from "../src/orders/commit.ts"
import { dueStatement, listStatement, staleReservationsStatement } from "../src/orders/listOrders.ts"
import { claimStatement as claimDeliveries, nextStatement, readyStatement } from "../src/outbox/claimDeliveries.ts"
import { enqueueHeadsStatement, unblockNext } from "../src/outbox/enqueueHeads.ts"
import { deadLettersStatement as deadLetteredDeliveries } from "../src/outbox/sqlOutbox.ts"
import { oldAttempts } from "../src/retention/purge.ts"
import { type Statement, statement, text } from "../src/Script.ts"
import { listStatement as deliveryList, ofEventStatement } from "../src/webhooks/sqlDeliveryLog.ts"
import { engines } from "./support/engines.ts"

const subscribers = [{ name: "webhook", limit: 10 }, { name: "books", limit: 2 }]
const request = {
  subscriber: "webhook",
  subscribers,
  merchant: "shop",
  nowMs: 1,
  leaseUntilMs: 2,
  limit: 10,
  claim: "c"
}
const after = { createdAtMs: 5, id: "order-5" }

const change: Commit = {
  orderId: "order-1",
  expectedRevision: 1,
  committedAtMs: 1,
  state: { key: "", status: "new", fulfilment: "wait", createdAtMs: 1, currency: "EUR" },
  payments: [],
  events: [],
  subscribers: [],
  modifications: [],
  nextRefreshAtMs: undefined,
  quietRefreshes: 0
}

/** What is asked, and which indexes may answer. */
const questions: ReadonlyArray<readonly [name: string, ask: (dialect: Dialect) => Statement, index: RegExp]> = [
  ["all orders", (dialect) => listStatement(dialect, {}, { limit: 50 })!, /docdata_orders_status\b/],
  [
    "orders of a merchant, later page",
    (dialect) => listStatement(dialect, { merchants: ["shop"] }, { limit: 50, after })!,
    /docdata_orders_merchant_status\b/
  ],
  [
    "orders of merchants in some statuses, in a time",
    (dialect) =>
      listStatement(
        dialect,
        { merchants: ["shop", "south"], statuses: ["paid", "pending"], createdFromMs: 1, createdBeforeMs: 9 },
        { limit: 50 }
      )!,
    /docdata_orders_merchant_status\b/
  ],
  [
    "orders in one status",
    (dialect) => listStatement(dialect, { statuses: ["paid"] }, { limit: 50 })!,
    /docdata_orders_status\b/
  ],
  [
    "orders by shop reference",
    (dialect) => listStatement(dialect, { merchants: ["shop"], shopReference: "S1" }, { limit: 50 })!,
    /docdata_orders_attempt\b/
  ],
  ["orders due", () => dueStatement({ merchant: "shop", nowMs: 5, limit: 50 }), /docdata_orders_due\b/],
  [
    "orders due while their shopper waits",
    () => dueStatement({ merchant: "shop", nowMs: 5, limit: 50, among: "waiting" }),
    /docdata_orders_due_waiting\b/
  ],
  [
    "orders due in their first day",
    () => dueStatement({ merchant: "shop", nowMs: 5, limit: 50, among: "first-day" }),
    /docdata_orders_due_first_day\b/
  ],
  [
    "orders unresolved",
    () => staleReservationsStatement({ nowMs: 5, limit: 50 }),
    /docdata_orders_reserved\b/
  ],
  [
    "orders unresolved, later page",
    () => staleReservationsStatement({ nowMs: 9, after, limit: 50 }),
    /docdata_orders_reserved\b/
  ],
  ["inbox backlog", () => inboxBacklog, /docdata_inbox_(order|waiting|dead-lettered)\b/],
  ["outbox backlog", () => outboxBacklog("webhook"), /docdata_deliveries_(open|dead_letters)\b/],
  ["checks due", () => refreshesStatement("shop", 5), /docdata_orders_due\b/],
  ["inbox claim of what is new", (dialect) => claimItems(dialect, request), /docdata_inbox_fresh\b/],
  ["inbox claim of what comes back", (dialect) => claimItems(dialect, request), /docdata_inbox_back\b/],
  ["merchants of the inbox", () => merchantsStatement(5), /docdata_inbox_order\b/],
  ["inbox dead-lettered", () => deadLetteredItems(10), /docdata_inbox_dead_letters\b/],
  ["outbox claim", (dialect) => claimDeliveries(dialect, request), /docdata_deliveries_first\b/],
  [
    "outbox deliveries whose time has come",
    (dialect) => enqueueHeadsStatement(dialect, request),
    /docdata_deliveries_later\b/
  ],
  [
    "outbox delivery that moves up",
    (dialect) => unblockNext(dialect, { subscriber: "webhook", orderId: "order-1" }),
    /docdata_deliveries_pkey\b|PRIMARY KEY/
  ],
  ["outbox subscriber with something to claim", () => readyStatement("webhook", 5), /docdata_deliveries_later\b/],
  ["outbox subscriber with something first", () => readyStatement("webhook", 5), /docdata_deliveries_first\b/],
  [
    "outbox delivery that is claimed after the one before",
    (dialect) => nextStatement(dialect, { subscriber: "webhook", orderId: "order-1" }, request),
    /docdata_deliveries_pkey\b|PRIMARY KEY/
  ],
  [
    "outbox dead-lettered",
    () => deadLetteredDeliveries({ subscriber: "webhook", limit: 10, deadLetteredFromMs: 0, deadLetteredUntilMs: 9 }),
    /docdata_deliveries_dead_letters\b/
  ],
  [
    "a page of the feed",
    (dialect) => feedPage(dialect, { after: 5, limit: 50, merchants: ["shop"] }, 900),
    /docdata_events_place\b/
  ],
  ["standing anomalies", () => openAnomaliesStatement("order-1"), /docdata_anomalies_(standing|order)\b/],
  ["all anomalies", (dialect) => listAnomalies(dialect, {}, { limit: 50 }), /docdata_anomalies_raised\b/],
  [
    "open anomalies, later page",
    (dialect) => listAnomalies(dialect, { state: "open" }, { limit: 50, after: { raisedAtMs: 5, id: "a" } }),
    /docdata_anomalies_(open|raised)\b/
  ],
  [
    "anomalies of a merchant",
    (dialect) => listAnomalies(dialect, { merchants: ["shop"] }, { limit: 50 }),
    /docdata_anomalies_merchant\b/
  ],
  [
    "deliveries that wait",
    () => deliveryList({ subscriber: "webhook", state: "waiting" }, { limit: 50 }),
    /docdata_deliveries_open\b/
  ],
  [
    "delivered deliveries, later page",
    () =>
      deliveryList(
        { subscriber: "webhook", state: "delivered" },
        { limit: 50, after: { occurredAtMs: 5, orderId: "order-5", revision: 1, position: 0 } }
      ),
    /docdata_deliveries_delivered\b/
  ],
  [
    "deliveries of an event",
    () => ofEventStatement({ orderId: "order-5", revision: 1, position: 0 }),
    /PRIMARY KEY \(subscriber=\? AND order_id=\?|docdata_deliveries_pkey/
  ],
  [
    "texts to purge",
    () =>
      statement(
        `SELECT order_id, revision FROM docdata_observations
        WHERE answered_at_ms < ? AND (request_text <> '' OR reply_text <> '') ORDER BY answered_at_ms LIMIT 500`,
        5
      ),
    /docdata_observations_texts\b/
  ],
  [
    "payments of other orders, at a commit",
    (dialect) => guardStatement(dialect, change, { isErased: false, paymentIds: "[]" }),
    /docdata_payments_holder\b/
  ],
  ["attempts to purge", () => oldAttempts(5), /docdata_delivery_attempts_age\b/]
]

// A table of a few rows is read as a whole by every sensible planner: only the request for an index shows what there is.
const withoutScans = [
  "SET enable_seqscan = off",
  "SET enable_bitmapscan = off",
  // A sort is what an index in the wrong order would need; of the few rows of a page it is always allowed.
  "SET plan_cache_mode = force_generic_plan"
]

const planOf = (asked: Statement) =>
  Database.use(({ dialect, together }) =>
    together("test", function*() {
      if (dialect.name === "postgres") {
        for (const setting of withoutScans) yield statement(setting)
        const rows = yield { sql: `EXPLAIN ${asked.sql}`, params: asked.params }
        return Effect.succeed(rows.map((row) => text(row, "QUERY PLAN")).join("\n"))
      }
      const rows = yield { sql: `EXPLAIN QUERY PLAN ${asked.sql}`, params: asked.params }
      return Effect.succeed(rows.map((row) => text(row, "detail")).join("\n"))
    })
  )

for (const { layer, name } of engines()) {
  describe(`plans of ${name}`, () => {
    for (const [title, ask, index] of questions) {
      it(`${title}: by an index`, () =>
        Effect.runPromise(
          Effect.gen(function*() {
            yield* OrderStore
            const plan = yield* planOf(ask((yield* Database).dialect))
            assert.match(plan, index, plan)
            // SQLite: SCAN of a table without an index. PostgreSQL: Seq Scan.
            assert.notMatch(plan, /SCAN docdata_\w+$|SCAN \w$|Seq Scan/m, plan)
          }).pipe(Effect.provide(layer))
        ))
    }
  })
}
