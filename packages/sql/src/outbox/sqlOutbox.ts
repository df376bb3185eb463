/**
 * The outbox on a database. Deliveries are opened by the order store, with the change that caused them.
 */
import {
  type DeadLetteredDelivery,
  type DeadLetterQuestion,
  deliveryMoves,
  type DeliveryName,
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
import { claimDeliveries } from "./claimDeliveries.ts"
import { eventIndex } from "./deliveryName.ts"
import { unblockNext } from "./enqueueHeads.ts"
import { redeliver } from "./redeliver.ts"

/** How a claim ends. */
interface End {
  readonly assignments: string
  readonly params: ReadonlyArray<SqlValue>
}

/** Changes a claimed delivery if that claim has not ended. */
function* endClaim(
  { claim, subscriber, eventId }: DeliveryName,
  { assignments, params }: End
): Script<Outcome<boolean, never>> {
  const index = eventIndex(eventId)
  if (index === undefined) return Effect.succeed(false)
  const changed = yield statement(
    `UPDATE docdata_deliveries SET ${assignments}, claim = NULL
    WHERE subscriber = ? AND order_id = ? AND revision = ? AND position = ? AND ${
      fromText("queue_state", deliveryMoves.delivered)
    } AND claim = ?
    RETURNING position`,
    ...params,
    subscriber,
    index.orderId,
    index.revision,
    index.position,
    claim
  )
  return Effect.succeed(found(changed))
}

/** Ends a delivery with its claim, as one transaction: the next of the order moves up. */
function* endDelivery(
  dialect: Dialect,
  name: DeliveryName,
  { assignments, params }: End
): Script<Outcome<boolean, never>> {
  const end = { assignments: `${assignments}, ready_at_ms = NULL, queue_position = NULL`, params }
  const ended = yield* endClaim(name, end)
  const index = eventIndex(name.eventId)
  if (index !== undefined) yield unblockNext(dialect, { subscriber: name.subscriber, orderId: index.orderId })
  return ended
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
    claim: (request) => each("Outbox.claim", () => claimDeliveries(dialect, request)),
    delivered: (delivery) =>
      together("Outbox.delivered", () =>
        endDelivery(dialect, delivery, { assignments: `queue_state = '${deliveryMoves.delivered.to}'`, params: [] })),
    retryLater: (delivery, notBeforeMs) =>
      each("Outbox.retryLater", () =>
        endClaim(delivery, {
          assignments: `queue_state = '${deliveryMoves["put-back"].to}', ready_at_ms = ?, queue_position = 'later'`,
          params: [notBeforeMs]
        })),
    deadLetter: (delivery, { atMs, reason }) =>
      together("Outbox.deadLetter", () =>
        endDelivery(dialect, delivery, {
          assignments: `queue_state = '${deliveryMoves["dead-lettered"].to}', dead_lettered_at_ms = ?, reason = ?`,
          params: [atMs, reason]
        })),
    deadLettered: (question) =>
      read("Outbox.deadLettered", () =>
        ask(deadLettersStatement(question), (rows) =>
          Effect.succeed(rows.map(deadLetterFrom(question.subscriber))))),
    redeliver: (request) =>
      each("Outbox.redeliver", () =>
        redeliver(dialect, request)),
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
