/**
 * How much waits in a database: each question reads an index that holds nothing but what waits.
 */
import { type Backlog, Backlogs } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database } from "../Database.ts"
import { ask, integer, integerOrNothing, type Row, type Statement, statement } from "../Script.ts"

/** Exported for the tests that look at their plans. */
export const inboxStatement: Statement = statement(
  `SELECT open_count, oldest_at_ms, dead_lettered_count
  FROM (SELECT COUNT(*) AS open_count, MIN(first_received_at_ms) AS oldest_at_ms FROM docdata_inbox
      WHERE ready_at_ms IS NOT NULL) AS waiting,
    (SELECT COUNT(*) AS dead_lettered_count FROM docdata_inbox WHERE dead_lettered_at_ms IS NOT NULL) AS dead_letters`
)

/** Exported for the tests that look at their plans. */
export const outboxStatement = (subscriber: string): Statement =>
  statement(
    `SELECT open_count, oldest_at_ms, dead_lettered_count
    FROM (SELECT COUNT(*) AS open_count, MIN(occurred_at_ms) AS oldest_at_ms FROM docdata_deliveries
        WHERE subscriber = ? AND ready_at_ms IS NOT NULL) AS waiting,
      (SELECT COUNT(*) AS dead_lettered_count FROM docdata_deliveries
        WHERE subscriber = ? AND dead_lettered_at_ms IS NOT NULL) AS dead_letters`,
    subscriber,
    subscriber
  )

/** Exported for the tests that look at their plans. */
export const refreshesStatement = (merchant: string, nowMs: number): Statement =>
  statement(
    `SELECT COUNT(*) AS open_count, MIN(next_refresh_at_ms) AS oldest_at_ms FROM docdata_orders
    WHERE merchant = ? AND registration = 'confirmed' AND next_refresh_at_ms IS NOT NULL AND next_refresh_at_ms <= ?`,
    merchant,
    nowMs
  )

const waitingFrom = (row: Row): Omit<Backlog, "deadLettered"> => {
  const oldestAtMs = integerOrNothing(row, "oldest_at_ms")
  return { open: integer(row, "open_count"), ...(oldestAtMs === undefined ? {} : { oldestAtMs }) }
}

const backlogFrom = (row: Row): Backlog => ({ ...waitingFrom(row), deadLettered: integer(row, "dead_lettered_count") })

const asked = <A>(one: Statement, from: (row: Row) => A) => ask(one, ([row]) => Effect.succeed(from(row!)))

export const sqlBacklogs = ({ read }: Database["Service"]): Backlogs["Service"] =>
  Backlogs.of({
    inbox: () => read("Backlogs.inbox", () => asked(inboxStatement, backlogFrom)),
    outbox: (subscriber) => read("Backlogs.outbox", () => asked(outboxStatement(subscriber), backlogFrom)),
    refreshes: ({ merchant, nowMs }) =>
      read("Backlogs.refreshes", () => asked(refreshesStatement(merchant, nowMs), waitingFrom))
  })
