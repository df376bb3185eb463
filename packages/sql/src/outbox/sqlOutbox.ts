/**
 * The outbox on a database. Deliveries are opened by the order store, with the change that caused them.
 */
import {
  type DeadLetteredDelivery,
  type DeadLetterQuestion,
  type DeliveryEnd,
  type DeliveryEnded,
  deliveryMoves,
  type DeliveryName,
  type EndOptions,
  Outbox
} from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Database, Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { claimSize } from "../inbox/claimItems.ts"
import { eventFrom, eventSelection } from "../orders/orderRow.ts"
import {
  ask,
  found,
  integer,
  type Row,
  type Script,
  type SqlValue,
  type Statement,
  statement,
  text
} from "../Script.ts"
import { fromText } from "../movesText.ts"
import { noteAttempt } from "./noteAttempt.ts"
import { claimDeliveries, claimNext, readyRequest } from "./claimDeliveries.ts"
import { type EventIndex, eventIndex } from "./deliveryName.ts"
import { unblockNext } from "./enqueueHeads.ts"
import { redeliver } from "./redeliver.ts"

const closing = "ready_at_ms = NULL, queue_position = NULL"

/** What a claimed delivery becomes. */
const assigned = (end: DeliveryEnd): { readonly sql: string; readonly params: ReadonlyArray<SqlValue> } => {
  const state = `queue_state = '${deliveryMoves[end.as].to}'`
  switch (end.as) {
    case "delivered":
      return { sql: `${state}, ${closing}`, params: [] }
    case "dead-lettered":
      return { sql: `${state}, ${closing}, dead_lettered_at_ms = ?, reason = ?`, params: [end.atMs, end.reason] }
    case "put-back":
      return { sql: `${state}, ready_at_ms = ?, queue_position = 'later'`, params: [end.notBeforeMs] }
  }
}

/** Changes a claimed delivery if that claim has not ended. */
function* endClaim({ claim, subscriber }: DeliveryName, index: EventIndex, end: DeliveryEnd): Script<boolean> {
  const { params, sql } = assigned(end)
  const changed = yield statement(
    `UPDATE docdata_deliveries SET ${sql}, claim = NULL
    WHERE subscriber = ? AND order_id = ? AND revision = ? AND position = ? AND ${
      fromText("queue_state", deliveryMoves[end.as])
    } AND claim = ?
    RETURNING position`,
    ...params,
    subscriber,
    index.orderId,
    index.revision,
    index.position,
    claim
  )
  return found(changed)
}

/** As one transaction: the try is noted, the delivery ends with its claim, and the next of the order moves up. */
function* endDelivery(
  dialect: Dialect,
  name: DeliveryName,
  { attempt, end, next }: EndOptions & { readonly end: DeliveryEnd }
): Script<Outcome<DeliveryEnded, never>> {
  const index = eventIndex(name.eventId)
  if (index === undefined) return Effect.succeed({ ended: false })
  const { subscriber } = name
  if (attempt !== undefined) yield* noteAttempt({ subscriber, index, ...attempt })
  const ended = yield* endClaim(name, index, end)
  if (!ended || end.as === "put-back") return Effect.succeed({ ended })
  const order = { subscriber, orderId: index.orderId }
  const following = next === undefined ? undefined : yield* claimNext(dialect, order, next)
  if (following !== undefined) return Effect.succeed({ ended, next: following })
  yield unblockNext(dialect, order)
  return Effect.succeed({ ended })
}

/** Exported for the tests that look at its plan. */
export const deadLettersStatement = (
  { subscriber, limit, deadLetteredFromMs, deadLetteredUntilMs }: DeadLetterQuestion
): Statement =>
  statement(
    `SELECT ${eventSelection}, d.attempts, d.dead_lettered_at_ms, d.reason
    FROM docdata_deliveries d
    JOIN docdata_events e ON e.order_id = d.order_id AND e.revision = d.revision AND e.position = d.position
    JOIN docdata_orders o ON o.id = d.order_id
    WHERE d.subscriber = ? AND d.dead_lettered_at_ms IS NOT NULL AND d.dead_lettered_at_ms >= ? AND d.dead_lettered_at_ms < ?
    ORDER BY d.dead_lettered_at_ms, d.order_id || '-' || CAST(d.revision AS TEXT) || '-' || CAST(d.position AS TEXT)
    LIMIT ?`,
    subscriber,
    deadLetteredFromMs,
    deadLetteredUntilMs,
    claimSize(limit)
  )

const deadLetterFrom = (subscriber: string) => (row: Row): DeadLetteredDelivery => ({
  subscriber,
  event: eventFrom(row),
  attempts: integer(row, "attempts"),
  deadLetteredAtMs: integer(row, "dead_lettered_at_ms"),
  reason: text(row, "reason")
})

export const sqlOutbox = ({ dialect, each, read, together }: Database["Service"]): Outbox["Service"] =>
  Outbox.of({
    claim: (request) =>
      Effect.flatMap(
        read("Outbox.claim", () => readyRequest(request)),
        (ready) =>
          ready.subscribers.length === 0
            ? Effect.succeed([])
            : each("Outbox.claim", () => claimDeliveries(dialect, ready))
      ),
    end: (name, end, options) => together("Outbox.end", () => endDelivery(dialect, name, { ...options, end })),
    deadLettered: (question) =>
      read("Outbox.deadLettered", () =>
        ask(deadLettersStatement(question), (rows) => Effect.succeed(rows.map(deadLetterFrom(question.subscriber))))),
    redeliver: (request) =>
      each("Outbox.redeliver", () => redeliver(dialect, request)),
    backlog: (subscriber) =>
      read("Outbox.backlog", () =>
        ask(
          statement(
            "SELECT COUNT(*) AS open FROM docdata_deliveries WHERE subscriber = ? AND ready_at_ms IS NOT NULL",
            subscriber
          ),
          ([row]) => Effect.succeed(integer(row!, "open"))
        ))
  })
