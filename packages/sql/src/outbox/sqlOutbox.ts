/**
 * The outbox on a database. Deliveries are opened by the order store, with the change that caused them.
 */
import {
  deliveryMoves,
  type DeliveryName,
  Outbox,
  type ParkedDelivery,
  type ParkedQuestion
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
import { eventPlace } from "./deliveryName.ts"
import { moveUp } from "./lineUp.ts"
import { redeliver } from "./redeliver.ts"

/** How a claim ends. */
interface End {
  readonly assignments: string
  readonly params: ReadonlyArray<SqlValue>
}

/** Changes a claimed delivery if that claim has not ended. */
function* endClaim(
  { claim, consumer, eventId }: DeliveryName,
  { assignments, params }: End
): Script<Outcome<boolean, never>> {
  const place = eventPlace(eventId)
  if (place === undefined) return Effect.succeed(false)
  const changed = yield statement(
    `UPDATE docdata_deliveries SET ${assignments}, claim = NULL
    WHERE consumer = ? AND order_id = ? AND revision = ? AND position = ? AND ${
      fromText("place", deliveryMoves.delivered)
    } AND claim = ?
    RETURNING position`,
    ...params,
    consumer,
    place.orderId,
    place.revision,
    place.position,
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
  const end = { assignments: `${assignments}, ready_at_ms = NULL, standing = NULL`, params }
  const ended = yield* endClaim(name, end)
  const place = eventPlace(name.eventId)
  if (place !== undefined) yield moveUp(dialect, { consumer: name.consumer, orderId: place.orderId })
  return ended
}

/** Exported for the tests that look at its plan. */
export const parkedStatement = (
  { consumer, limit, parkedFromMs, parkedUntilMs }: ParkedQuestion
): Statement =>
  statement(
    `SELECT ${eventSelection}, d.attempts, d.parked_at_ms, d.reason
    FROM docdata_deliveries d
    JOIN docdata_events e ON e.order_id = d.order_id AND e.revision = d.revision AND e.position = d.position
    JOIN docdata_orders o ON o.id = d.order_id
    WHERE d.consumer = ? AND d.parked_at_ms IS NOT NULL AND d.parked_at_ms >= ? AND d.parked_at_ms < ?
    ORDER BY d.parked_at_ms, d.order_id || '-' || CAST(d.revision AS TEXT) || '-' || CAST(d.position AS TEXT)
    LIMIT ?`,
    consumer,
    parkedFromMs,
    parkedUntilMs,
    claimSize(limit)
  )

const parkedFrom = (consumer: string) => (row: Row): ParkedDelivery => ({
  consumer,
  event: eventFrom(row),
  attempts: integer(row, "attempts"),
  parkedAtMs: integer(row, "parked_at_ms"),
  reason: text(row, "reason")
})

export const sqlOutbox = ({ dialect, each, read, together }: Database["Service"]): Outbox["Service"] =>
  Outbox.of({
    claim: (wish) => each("Outbox.claim", () => claimDeliveries(dialect, wish)),
    delivered: (delivery) =>
      together("Outbox.delivered", () =>
        endDelivery(dialect, delivery, { assignments: `place = '${deliveryMoves.delivered.to}'`, params: [] })),
    putBack: (delivery, notBeforeMs) =>
      each("Outbox.putBack", () =>
        endClaim(delivery, {
          assignments: `place = '${deliveryMoves["put-back"].to}', ready_at_ms = ?, standing = 'later'`,
          params: [notBeforeMs]
        })),
    park: (delivery, { atMs, reason }) =>
      together("Outbox.park", () =>
        endDelivery(dialect, delivery, {
          assignments: `place = '${deliveryMoves.parked.to}', parked_at_ms = ?, reason = ?`,
          params: [atMs, reason]
        })),
    parked: (question) =>
      read("Outbox.parked", () =>
        ask(parkedStatement(question), (rows) =>
          Effect.succeed(rows.map(parkedFrom(question.consumer))))),
    redeliver: (wish) =>
      each("Outbox.redeliver", () =>
        redeliver(dialect, wish)),
    backlog: (consumer) =>
      read("Outbox.backlog", () =>
        ask(
          statement(
            "SELECT COUNT(*) AS open FROM docdata_deliveries WHERE consumer = ? AND ready_at_ms IS NOT NULL",
            consumer
          ),
          ([row]) => Effect.succeed(integer(row!, "open"))
        ))
  })
