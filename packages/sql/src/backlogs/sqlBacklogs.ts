/**
 * How much waits in a database: each question reads an index that holds nothing but what waits.
 */
import { type Backlog, Backlogs } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database } from "../Database.ts"
import { ask, integer, integerOrNothing, type Row, type Statement, statement } from "../Script.ts"

/** Exported for the tests that look at their plans. */
export const inboxStatement: Statement = statement(
  `SELECT open_count, oldest_at_ms, parked_count
  FROM (SELECT COUNT(*) AS open_count, MIN(first_received_at_ms) AS oldest_at_ms FROM docdata_inbox
      WHERE ready_at_ms IS NOT NULL) AS waiting,
    (SELECT COUNT(*) AS parked_count FROM docdata_inbox WHERE parked_at_ms IS NOT NULL) AS parked`
)

/** Exported for the tests that look at their plans. */
export const outboxStatement = (consumer: string): Statement =>
  statement(
    `SELECT open_count, oldest_at_ms, parked_count
    FROM (SELECT COUNT(*) AS open_count, MIN(occurred_at_ms) AS oldest_at_ms FROM docdata_deliveries
        WHERE consumer = ? AND ready_at_ms IS NOT NULL) AS waiting,
      (SELECT COUNT(*) AS parked_count FROM docdata_deliveries
        WHERE consumer = ? AND parked_at_ms IS NOT NULL) AS parked`,
    consumer,
    consumer
  )

/** Exported for the tests that look at their plans. */
export const checksStatement = (merchant: string, nowMs: number): Statement =>
  statement(
    `SELECT COUNT(*) AS open_count, MIN(next_check_at_ms) AS oldest_at_ms FROM docdata_orders
    WHERE merchant = ? AND registration = 'confirmed' AND next_check_at_ms IS NOT NULL AND next_check_at_ms <= ?`,
    merchant,
    nowMs
  )

const waitingFrom = (row: Row): Omit<Backlog, "parked"> => {
  const oldestAtMs = integerOrNothing(row, "oldest_at_ms")
  return { open: integer(row, "open_count"), ...(oldestAtMs === undefined ? {} : { oldestAtMs }) }
}

const backlogFrom = (row: Row): Backlog => ({ ...waitingFrom(row), parked: integer(row, "parked_count") })

const asked = <A>(one: Statement, from: (row: Row) => A) => ask(one, ([row]) => Effect.succeed(from(row!)))

export const sqlBacklogs = ({ read }: Database["Service"]): Backlogs["Service"] =>
  Backlogs.of({
    inbox: () => read("Backlogs.inbox", () => asked(inboxStatement, backlogFrom)),
    outbox: (consumer) => read("Backlogs.outbox", () => asked(outboxStatement(consumer), backlogFrom)),
    checks: ({ merchant, nowMs }) => read("Backlogs.checks", () => asked(checksStatement(merchant, nowMs), waitingFrom))
  })
