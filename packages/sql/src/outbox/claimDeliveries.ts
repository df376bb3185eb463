/**
 * Handing deliveries out: the first open one of each order.
 */
import { type Delivery, type Lease, type Outbox, pageSizeMax } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { eventFrom, eventSelection } from "../orders/orderRow.ts"
import { enqueueHeads } from "./enqueueHeads.ts"
import { found, integer, type Row, type Script, type Statement, statement, text } from "../Script.ts"

type ClaimRequest = Parameters<Outbox["Service"]["claim"]>[0]

/**
 * Whether a delivery is the first open one of its order is asked of the rows themselves once more, at the moment of
 * claiming. The subquery with a limit stays one look into the primary key per candidate; as an anti-join it could become
 * a sort of everything.
 */
const chosenText = ({ skipLocked }: Dialect, index: number): string =>
  `chosen${index} AS MATERIALIZED (
      SELECT d.subscriber, d.order_id, d.revision, d.position FROM docdata_deliveries d
      WHERE d.subscriber = ? AND d.queue_position = 'first' AND d.ready_at_ms <= ?
        AND (SELECT 1 FROM docdata_deliveries o
          WHERE o.subscriber = d.subscriber AND o.order_id = d.order_id AND (o.revision, o.position) < (d.revision, d.position)
            AND o.ready_at_ms IS NOT NULL LIMIT 1) IS NULL
      ORDER BY d.occurred_at_ms, d.order_id LIMIT ?${skipLocked}
    )`

/** Exported for the tests that look at its plan. One statement, whoever it claims for. */
export const claimStatement = (
  dialect: Dialect,
  { claim, leaseUntilMs, nowMs, subscribers }: ClaimRequest
): Statement =>
  statement(
    `WITH ${subscribers.map((_, index) => chosenText(dialect, index)).join(", ")},
    chosen AS MATERIALIZED (${subscribers.map((_, index) => `SELECT * FROM chosen${index}`).join(" UNION ALL ")})
    UPDATE docdata_deliveries SET queue_state = 'claimed', queue_position = 'later', claim = ?, ready_at_ms = ?,
      attempts = attempts + 1
    FROM chosen WHERE docdata_deliveries.subscriber = chosen.subscriber AND docdata_deliveries.order_id = chosen.order_id
      AND docdata_deliveries.revision = chosen.revision AND docdata_deliveries.position = chosen.position
    RETURNING docdata_deliveries.subscriber AS subscriber, docdata_deliveries.order_id AS order_id,
      docdata_deliveries.revision AS revision, docdata_deliveries.position AS position, attempts`,
    ...subscribers.flatMap(({ limit, name }) => [name, nowMs, Math.min(Math.max(Math.trunc(limit), 0), pageSizeMax)]),
    claim,
    leaseUntilMs
  )

const nameOf = (row: Row): string => `${integer(row, "revision")} ${integer(row, "position")} ${text(row, "order_id")}`

const waitingText = (queuePosition: "first" | "later"): string =>
  `(SELECT 1 FROM docdata_deliveries d WHERE d.subscriber = ? AND d.queue_position = '${queuePosition}'
    AND d.ready_at_ms <= ? ORDER BY d.${
    queuePosition === "first" ? "occurred_at_ms" : "ready_at_ms"
  } LIMIT 1) IS NOT NULL`

/**
 * Exported for the tests that look at its plan. Whether a subscriber may have anything to claim: a look into each of two
 * indexes, so that a round with nothing to do writes nothing.
 */
export const readyStatement = (subscriber: string, nowMs: number): Statement =>
  statement(
    `SELECT 1 AS there WHERE ${waitingText("later")} OR ${waitingText("first")}`,
    subscriber,
    nowMs,
    subscriber,
    nowMs
  )

/** The request without subscribers that have nothing to claim. */
export function* readyRequest({ subscribers, ...lease }: ClaimRequest): Script<Outcome<ClaimRequest, never>> {
  const ready: Array<ClaimRequest["subscribers"][number]> = []
  for (const subscriber of subscribers) {
    if (found(yield readyStatement(subscriber.name, lease.nowMs))) ready.push(subscriber)
  }
  return Effect.succeed({ ...lease, subscribers: ready })
}

/** The events of what was claimed. They never change, so they can be read after the claim has taken effect. */
function* withEvents(
  { eventList }: Dialect,
  claim: string,
  claimed: ReadonlyArray<Row>
): Script<ReadonlyArray<Delivery>> {
  if (claimed.length === 0) return []
  const places = claimed.map((row) => [text(row, "order_id"), integer(row, "revision"), integer(row, "position")])
  const rows = yield statement(
    `SELECT ${eventSelection} FROM docdata_events e JOIN docdata_orders o ON o.id = e.order_id
    WHERE (e.order_id, e.revision, e.position) IN ${eventList}
    ORDER BY e.occurred_at_ms, e.order_id`,
    JSON.stringify(places)
  )
  const events = new Map(rows.map((row, index) => [nameOf(row), { event: eventFrom(row), index }]))
  const named = claimed.map((row) => ({ ...events.get(nameOf(row))!, row }))
  return named.toSorted((a, b) => a.index - b.index).map(({ event, row }) => ({
    subscriber: text(row, "subscriber"),
    event,
    attempts: integer(row, "attempts"),
    claim
  }))
}

/**
 * For all subscribers by one statement, the last that writes: a script that is begun again after a conflict has claimed
 * nothing.
 */
export function* claimDeliveries(
  dialect: Dialect,
  request: ClaimRequest
): Script<Outcome<ReadonlyArray<Delivery>, never>> {
  const { claim, nowMs, subscribers } = request
  for (const { name } of subscribers) yield* enqueueHeads(dialect, { subscriber: name, nowMs })
  const deliveries = yield* withEvents(dialect, claim, yield claimStatement(dialect, request))
  const position = new Map(subscribers.map(({ name }, index) => [name, index]))
  return Effect.succeed(deliveries.toSorted((a, b) => position.get(a.subscriber)! - position.get(b.subscriber)!))
}

/** The delivery of one order for one subscriber. */
interface OrderLine {
  readonly subscriber: string
  readonly orderId: string
}

/** Exported for the tests that look at its plan. */
export const nextStatement = (
  dialect: Dialect,
  { orderId, subscriber }: OrderLine,
  { claim, leaseUntilMs, nowMs }: Lease
): Statement =>
  statement(
    `UPDATE docdata_deliveries SET queue_state = 'claimed', queue_position = 'later', claim = ?, ready_at_ms = ?,
      attempts = attempts + 1
    WHERE subscriber = ? AND order_id = ? AND ready_at_ms <= ? AND (revision, position) = (
      SELECT h.revision, h.position FROM docdata_deliveries h
      WHERE h.subscriber = ? AND h.order_id = ? AND h.ready_at_ms IS NOT NULL
      ORDER BY h.revision, h.position LIMIT 1${dialect.lockRow})
    RETURNING subscriber, order_id, revision, position, attempts`,
    claim,
    leaseUntilMs,
    subscriber,
    orderId,
    nowMs,
    subscriber,
    orderId
  )

/**
 * Claims the first open delivery of an order, if it may be claimed. In the transaction that ends the one before it, whose
 * row is held: nobody else enqueues it meanwhile.
 */
export function* claimNext(dialect: Dialect, line: OrderLine, lease: Lease): Script<Delivery | undefined> {
  const [delivery] = yield* withEvents(dialect, lease.claim, yield nextStatement(dialect, line, lease))
  return delivery
}
