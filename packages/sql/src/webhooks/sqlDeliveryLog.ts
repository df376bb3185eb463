/**
 * How deliveries stand, on a database.
 */
import {
  type DeliveryAttempt,
  type DeliveryCursor,
  DeliveryLog,
  type DeliveryOverview,
  type DeliveryState,
  type Page
} from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database, Outcome } from "../Database.ts"
import { pageSize } from "../pageSize.ts"
import { eventFrom, eventSelection } from "../orders/orderRow.ts"
import { everReadyMs } from "../orders/publish.ts"
import { type EventIndex, eventIndex } from "../outbox/deliveryName.ts"
import {
  integer,
  integerOrNothing,
  type Row,
  type Script,
  type SqlValue,
  type Statement,
  statement,
  text,
  textOrNothing
} from "../Script.ts"
import { ofDelivery } from "../outbox/noteAttempt.ts"

const attemptFrom = (subscriber: string, eventId: string) => (row: Row): DeliveryAttempt => {
  const fault = textOrNothing(row, "fault")
  return {
    subscriber,
    eventId,
    atMs: integer(row, "at_ms"),
    durationMs: integer(row, "duration_ms"),
    outcome: fault === undefined ? { status: integer(row, "status") } : { fault }
  }
}

function* attempts(subscriber: string, eventId: string): Script<Outcome<ReadonlyArray<DeliveryAttempt>, never>> {
  const index = eventIndex(eventId)
  if (index === undefined) return Effect.succeed([])
  const rows = yield statement(
    `SELECT at_ms, duration_ms, status, fault FROM docdata_delivery_attempts WHERE ${ofDelivery} ORDER BY at_ms`,
    subscriber,
    index.orderId,
    index.revision,
    index.position
  )
  return Effect.succeed(rows.map(attemptFrom(subscriber, eventId)))
}

const recordFrom = (subscriber: string) => (row: Row): DeliveryOverview => {
  const common = { subscriber, event: eventFrom(row), attempts: integer(row, "attempts") }
  const index = text(row, "queue_state")
  switch (index) {
    case "delivered":
      return { ...common, state: "delivered" }
    case "dead-lettered":
      return {
        ...common,
        state: "dead-lettered",
        deadLettered: { atMs: integer(row, "dead_lettered_at_ms"), reason: text(row, "reason") }
      }
    default: {
      const readyAtMs = integerOrNothing(row, "ready_at_ms")
      // What is claimed is ready again when the claim ends; that is no plan.
      const isPutOff = index === "waiting" && readyAtMs !== undefined && readyAtMs !== everReadyMs
      return { ...common, state: "waiting", ...(isPutOff ? { notBeforeMs: readyAtMs } : {}) }
    }
  }
}

const recordColumns = `${eventSelection}, d.queue_state, d.attempts, d.ready_at_ms, d.dead_lettered_at_ms, d.reason`

const withEvent =
  `JOIN docdata_events e ON e.order_id = d.order_id AND e.revision = d.revision AND e.position = d.position
  JOIN docdata_orders o ON o.id = d.order_id`

const recordText = (where: string): string =>
  `SELECT ${recordColumns} FROM docdata_deliveries d ${withEvent} WHERE d.subscriber = ? AND ${where}`

// Word for word the conditions of the partial indexes.
const conditions: Readonly<Record<DeliveryState, string>> = {
  waiting: "d.ready_at_ms IS NOT NULL",
  delivered: "d.queue_state = 'delivered'",
  "dead-lettered": "d.dead_lettered_at_ms IS NOT NULL"
}

const newestFirst = "d.occurred_at_ms DESC, d.order_id DESC, d.revision DESC, d.position DESC"

type ListQuestion = Parameters<DeliveryLog["Service"]["list"]>

/** Exported for the tests that look at its plan. The dead-lettered ones of a subscriber are sorted: their index is by dead-lettering. */
export const listStatement = (
  { subscriber, state }: ListQuestion[0],
  { after, limit }: ListQuestion[1]
): Statement => {
  const [beyond, params]: [string, ReadonlyArray<SqlValue>] = after === undefined ? ["", []] : [
    " AND (d.occurred_at_ms, d.order_id, d.revision, d.position) < (?, ?, ?, ?)",
    [after.occurredAtMs, after.orderId, after.revision, after.position]
  ]
  return statement(
    `${recordText(conditions[state] + beyond)} ORDER BY ${newestFirst} LIMIT ?`,
    subscriber,
    ...params,
    pageSize(limit) + 1
  )
}

function* list(...[question, page]: ListQuestion): Script<Outcome<Page<DeliveryOverview, DeliveryCursor>, never>> {
  const found = (yield listStatement(question, page)).map(recordFrom(question.subscriber))
  const items = found.slice(0, pageSize(page.limit))
  const last = items.at(-1)
  if (last === undefined || found.length === items.length) return Effect.succeed({ items })
  const { occurredAtMs, orderId, position, revision } = last.event
  return Effect.succeed({ items, next: { occurredAtMs, orderId, revision, position } })
}

const findStatement = (subscriber: string, { orderId, position, revision }: EventIndex): Statement =>
  statement(
    recordText("d.order_id = ? AND d.revision = ? AND d.position = ?"),
    subscriber,
    orderId,
    revision,
    position
  )

function* find(subscriber: string, eventId: string): Script<Outcome<DeliveryOverview | undefined, never>> {
  const index = eventIndex(eventId)
  if (index === undefined) return Effect.undefined
  const [row] = yield findStatement(subscriber, index)
  return Effect.succeed(row === undefined ? undefined : recordFrom(subscriber)(row))
}

/**
 * Exported for the tests that look at its plan. Deliveries are kept by subscriber: each name is found from the one before,
 * so that no others of it are read.
 */
export const ofEventStatement = ({ orderId, position, revision }: EventIndex): Statement =>
  statement(
    `WITH RECURSIVE names AS (
      SELECT MIN(subscriber) AS name FROM docdata_deliveries
      UNION ALL
      SELECT (SELECT MIN(subscriber) FROM docdata_deliveries WHERE subscriber > names.name) FROM names
      WHERE names.name IS NOT NULL
    )
    SELECT names.name AS subscriber, ${recordColumns} FROM names JOIN docdata_deliveries d ON d.subscriber = names.name
    ${withEvent}
    WHERE d.order_id = ? AND d.revision = ? AND d.position = ? ORDER BY names.name`,
    orderId,
    revision,
    position
  )

function* ofEvent(eventId: string): Script<Outcome<ReadonlyArray<DeliveryOverview>, never>> {
  const index = eventIndex(eventId)
  if (index === undefined) return Effect.succeed([])
  const rows = yield ofEventStatement(index)
  return Effect.succeed(rows.map((row) => recordFrom(text(row, "subscriber"))(row)))
}

export const sqlDeliveryLog = ({ read }: Database["Service"]): DeliveryLog["Service"] =>
  DeliveryLog.of({
    attempts: (subscriber, eventId) => read("DeliveryLog.attempts", () => attempts(subscriber, eventId)),
    list: (question, page) => read("DeliveryLog.list", () => list(question, page)),
    find: (subscriber, eventId) => read("DeliveryLog.find", () => find(subscriber, eventId)),
    ofEvent: (eventId) => read("DeliveryLog.ofEvent", () => ofEvent(eventId))
  })
