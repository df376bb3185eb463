/**
 * How deliveries stand, on a database.
 */
import {
  attemptsKept,
  type DeliveryAttempt,
  type DeliveryCursor,
  DeliveryLog,
  type DeliveryStanding,
  type DeliveryState,
  hasSucceeded,
  type Page,
  type StoredEndpoint
} from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database, Outcome } from "../Database.ts"
import { pageSize } from "../pageSize.ts"
import { eventFrom, eventSelection } from "../orders/orderRow.ts"
import { everReadyMs } from "../orders/tell.ts"
import { type EventPlace, eventPlace } from "../outbox/deliveryName.ts"
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
import { endpointFrom, endpointSelection } from "./endpointRow.ts"

const ofDelivery = "consumer = ? AND order_id = ? AND revision = ? AND position = ?"

const insertText = `INSERT INTO docdata_delivery_attempts
    (at_ms, duration_ms, status, fault, consumer, order_id, revision, position)
  SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS TEXT), consumer, order_id, revision, position
  FROM docdata_deliveries WHERE ${ofDelivery}
  ON CONFLICT (consumer, order_id, revision, position, at_ms) DO UPDATE SET
    duration_ms = excluded.duration_ms, status = excluded.status, fault = excluded.fault`

const pruneText = `DELETE FROM docdata_delivery_attempts WHERE ${ofDelivery}
  AND at_ms < (SELECT MIN(at_ms) FROM (
    SELECT at_ms FROM docdata_delivery_attempts WHERE ${ofDelivery} ORDER BY at_ms DESC LIMIT ${attemptsKept}
  ) AS newest)`

const healthText = (assignments: string): string =>
  `UPDATE docdata_webhook_endpoints SET ${assignments} WHERE id = ? RETURNING ${endpointSelection}`

const succeededText = healthText("last_success_at_ms = ?, failing_since_ms = NULL, consecutive_failures = 0")
const failedText = healthText(
  "failing_since_ms = COALESCE(failing_since_ms, ?), consecutive_failures = consecutive_failures + 1"
)

/** The endpoint's row first: a removal either comes before, and the delivery is gone, or waits and finds the attempt. */
function* record(attempt: DeliveryAttempt): Script<Outcome<StoredEndpoint | undefined, never>> {
  const { atMs, consumer, durationMs, eventId, outcome } = attempt
  const place = eventPlace(eventId)
  if (place === undefined) return Effect.undefined
  const key = [consumer, place.orderId, place.revision, place.position] as const
  const [status, fault] = "status" in outcome ? [outcome.status, null] : [null, outcome.fault]
  const [row] = yield statement(hasSucceeded(attempt) ? succeededText : failedText, atMs, consumer)
  yield statement(insertText, atMs, durationMs, status, fault, ...key)
  yield statement(pruneText, ...key, ...key)
  return Effect.succeed(row === undefined ? undefined : endpointFrom(row))
}

const attemptFrom = (consumer: string, eventId: string) => (row: Row): DeliveryAttempt => {
  const fault = textOrNothing(row, "fault")
  return {
    consumer,
    eventId,
    atMs: integer(row, "at_ms"),
    durationMs: integer(row, "duration_ms"),
    outcome: fault === undefined ? { status: integer(row, "status") } : { fault }
  }
}

function* attempts(consumer: string, eventId: string): Script<Outcome<ReadonlyArray<DeliveryAttempt>, never>> {
  const place = eventPlace(eventId)
  if (place === undefined) return Effect.succeed([])
  const rows = yield statement(
    `SELECT at_ms, duration_ms, status, fault FROM docdata_delivery_attempts WHERE ${ofDelivery} ORDER BY at_ms`,
    consumer,
    place.orderId,
    place.revision,
    place.position
  )
  return Effect.succeed(rows.map(attemptFrom(consumer, eventId)))
}

const standingFrom = (consumer: string) => (row: Row): DeliveryStanding => {
  const common = { consumer, event: eventFrom(row), attempts: integer(row, "attempts") }
  const place = text(row, "place")
  switch (place) {
    case "delivered":
      return { ...common, state: "delivered" }
    case "parked":
      return {
        ...common,
        state: "parked",
        parked: { atMs: integer(row, "parked_at_ms"), reason: text(row, "reason") }
      }
    default: {
      const readyAtMs = integerOrNothing(row, "ready_at_ms")
      // What is claimed is ready again when the claim ends; that is no plan.
      const isPutOff = place === "waiting" && readyAtMs !== undefined && readyAtMs !== everReadyMs
      return { ...common, state: "waiting", ...(isPutOff ? { notBeforeMs: readyAtMs } : {}) }
    }
  }
}

const standingColumns = `${eventSelection}, d.place, d.attempts, d.ready_at_ms, d.parked_at_ms, d.reason`

const withEvent =
  `JOIN docdata_events e ON e.order_id = d.order_id AND e.revision = d.revision AND e.position = d.position
  JOIN docdata_orders o ON o.id = d.order_id`

const standingText = (where: string): string =>
  `SELECT ${standingColumns} FROM docdata_deliveries d ${withEvent} WHERE d.consumer = ? AND ${where}`

// Word for word the conditions of the partial indexes.
const conditions: Readonly<Record<DeliveryState, string>> = {
  waiting: "d.ready_at_ms IS NOT NULL",
  delivered: "d.place = 'delivered'",
  parked: "d.parked_at_ms IS NOT NULL"
}

const newestFirst = "d.occurred_at_ms DESC, d.order_id DESC, d.revision DESC, d.position DESC"

type ListQuestion = Parameters<DeliveryLog["Service"]["list"]>

/** Exported for the tests that look at its plan. The parked ones of a consumer are sorted: their index is by parking. */
export const listStatement = (
  { consumer, state }: ListQuestion[0],
  { after, limit }: ListQuestion[1]
): Statement => {
  const [beyond, params]: [string, ReadonlyArray<SqlValue>] = after === undefined ? ["", []] : [
    " AND (d.occurred_at_ms, d.order_id, d.revision, d.position) < (?, ?, ?, ?)",
    [after.occurredAtMs, after.orderId, after.revision, after.position]
  ]
  return statement(
    `${standingText(conditions[state] + beyond)} ORDER BY ${newestFirst} LIMIT ?`,
    consumer,
    ...params,
    pageSize(limit) + 1
  )
}

function* list(...[question, page]: ListQuestion): Script<Outcome<Page<DeliveryStanding, DeliveryCursor>, never>> {
  const found = (yield listStatement(question, page)).map(standingFrom(question.consumer))
  const items = found.slice(0, pageSize(page.limit))
  const last = items.at(-1)
  if (last === undefined || found.length === items.length) return Effect.succeed({ items })
  const { occurredAtMs, orderId, position, revision } = last.event
  return Effect.succeed({ items, next: { occurredAtMs, orderId, revision, position } })
}

const findStatement = (consumer: string, { orderId, position, revision }: EventPlace): Statement =>
  statement(
    standingText("d.order_id = ? AND d.revision = ? AND d.position = ?"),
    consumer,
    orderId,
    revision,
    position
  )

function* find(consumer: string, eventId: string): Script<Outcome<DeliveryStanding | undefined, never>> {
  const place = eventPlace(eventId)
  if (place === undefined) return Effect.undefined
  const [row] = yield findStatement(consumer, place)
  return Effect.succeed(row === undefined ? undefined : standingFrom(consumer)(row))
}

/**
 * Exported for the tests that look at its plan. Deliveries are kept by consumer: each name is found from the one before,
 * so that no others of it are read.
 */
export const ofEventStatement = ({ orderId, position, revision }: EventPlace): Statement =>
  statement(
    `WITH RECURSIVE names AS (
      SELECT MIN(consumer) AS name FROM docdata_deliveries
      UNION ALL
      SELECT (SELECT MIN(consumer) FROM docdata_deliveries WHERE consumer > names.name) FROM names
      WHERE names.name IS NOT NULL
    )
    SELECT names.name AS consumer, ${standingColumns} FROM names JOIN docdata_deliveries d ON d.consumer = names.name
    ${withEvent}
    WHERE d.order_id = ? AND d.revision = ? AND d.position = ? ORDER BY names.name`,
    orderId,
    revision,
    position
  )

function* ofEvent(eventId: string): Script<Outcome<ReadonlyArray<DeliveryStanding>, never>> {
  const place = eventPlace(eventId)
  if (place === undefined) return Effect.succeed([])
  const rows = yield ofEventStatement(place)
  return Effect.succeed(rows.map((row) => standingFrom(text(row, "consumer"))(row)))
}

export const sqlDeliveryLog = ({ read, together }: Database["Service"]): DeliveryLog["Service"] =>
  DeliveryLog.of({
    record: (attempt) => together("DeliveryLog.record", () => record(attempt)),
    attempts: (consumer, eventId) => read("DeliveryLog.attempts", () => attempts(consumer, eventId)),
    list: (question, page) => read("DeliveryLog.list", () => list(question, page)),
    find: (consumer, eventId) => read("DeliveryLog.find", () => find(consumer, eventId)),
    ofEvent: (eventId) => read("DeliveryLog.ofEvent", () => ofEvent(eventId))
  })
