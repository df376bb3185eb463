/**
 * The same rows by the bare drivers: prepared statements with parameters that are there already. The ceiling.
 */
import { DatabaseSync } from "node:sqlite"
import type { PgConnection } from "@effect/sql-pg/PgConnection"
import type { SqlError } from "effect/sql/SqlError"
import type * as Effect from "effect/Effect"
import { events, observation, paymentIdsOf } from "./storedCommits.ts"

const state = JSON.stringify({
  status: "paid",
  fulfilment: "ship",
  createdAtMs: 1,
  currency: "EUR",
  grossMinor: 10_000
})
const { exchange, ...refresh } = observation
const body = JSON.stringify(refresh)
const [first, second] = events.map((one) => JSON.stringify(one))

/** One transaction per call on a connection of its own. */
export const bareSqlite = (
  file: string
): { readonly commit: (id: string, revision: number) => void; readonly close: () => void } => {
  const connection = new DatabaseSync(file)
  connection.exec("PRAGMA synchronous = FULL")
  const prepare = (sql: string) => connection.prepare(sql)
  const begin = prepare("BEGIN IMMEDIATE")
  const commit = prepare("COMMIT")
  const order = prepare(`UPDATE docdata_orders SET revision = revision + 1, status = ?, state = ?, quiet_refreshes = 0,
    observed_from_ms = ? WHERE id = ? AND revision = ?`)
  const payment = prepare(`INSERT INTO docdata_payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'shop')
    ON CONFLICT (order_id, payment_id) DO UPDATE SET status = excluded.status, debited_minor = excluded.debited_minor`)
  const seen = prepare("INSERT INTO docdata_observations VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
  const event = prepare(
    "INSERT INTO docdata_events (order_id, revision, position, occurred_at_ms, payload) VALUES (?, ?, ?, ?, ?)"
  )
  const delivery = prepare(
    `INSERT INTO docdata_deliveries (subscriber, order_id, revision, position, occurred_at_ms, queue_state,
    ready_at_ms, queue_position, attempts) VALUES ('webhook', ?, ?, ?, 5, 'waiting', -1, ?, 0)`
  )
  return {
    commit: (id, revision) => {
      begin.run()
      order.run("paid", state, 5, id, revision)
      for (const payId of paymentIdsOf(id)) {
        payment.run(id, payId, "IDEAL", "AUTHORIZED", "ACQUIRER_APPROVED", "EUR", 10_000, 10_000, 0, 0, 0)
      }
      seen.run(id, revision + 1, "notification", 1, 2, body, exchange!.requestText, exchange!.replyText!)
      event.run(id, revision + 1, 0, 5, first!)
      event.run(id, revision + 1, 1, 5, second!)
      delivery.run(id, revision + 1, 0, "later")
      delivery.run(id, revision + 1, 1, "blocked")
      commit.run()
    },
    close: () => connection.close()
  }
}

const postgresText = `WITH changed AS (
    UPDATE docdata_orders SET revision = revision + 1, status = 'paid', state = $1, quiet_refreshes = 0, observed_from_ms = 5
    WHERE id = $2 AND revision = $3 RETURNING id, revision),
  payment AS (INSERT INTO docdata_payments
    SELECT id, x, 'IDEAL', 'AUTHORIZED', 'ACQUIRER_APPROVED', 'EUR', 10000, 10000, 0, 0, 0, 'shop'
    FROM changed, (VALUES ($9), ($10)) AS v(x)
    ON CONFLICT (order_id, payment_id) DO UPDATE SET status = excluded.status, debited_minor = excluded.debited_minor),
  seen AS (INSERT INTO docdata_observations SELECT id, revision, 'notification', 1, 2, $4, $5, $6 FROM changed),
  event AS (INSERT INTO docdata_events (order_id, revision, position, occurred_at_ms, payload)
    SELECT id, revision, p, 5, n FROM changed, (VALUES (0, $7), (1, $8)) AS v(p, n)),
  delivery AS (INSERT INTO docdata_deliveries
      (subscriber, order_id, revision, position, occurred_at_ms, queue_state, ready_at_ms, queue_position, attempts)
    SELECT 'webhook', id, revision, p, 5, 'waiting', -1, s, 0
    FROM changed, (VALUES (0, 'later'), (1, 'blocked')) AS v(p, s))
  SELECT id FROM changed`

/** All of it as one statement: fewer round trips there are not. */
export const barePostgres = (
  session: PgConnection,
  id: string,
  revision: number
): Effect.Effect<unknown, SqlError> =>
  session.query(postgresText, [
    state,
    id,
    revision,
    body,
    exchange!.requestText,
    exchange!.replyText!,
    first!,
    second!,
    ...paymentIdsOf(id)
  ])
