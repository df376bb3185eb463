/**
 * Storing a decided change: order, payments, observation, events with deliveries, and modifications.
 */
import { type Commit, type Committed, OrderNotFound, Outdated, withoutPersonalData } from "@docdata/application"
import { PaymentId, type PaymentRow } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { anomaliesTable, anomalyValues } from "../anomalies/anomalyRow.ts"
import type { Outcome } from "../Database.ts"
import type { Dialect, Write } from "../Dialect.ts"
import { integer, type Script, type SqlValue, type Statement, statement, text, textOrNothing } from "../Script.ts"
import {
  modificationsTable,
  modificationValues,
  observationsTable,
  observationValues,
  paymentsTable,
  paymentValues,
  stateText
} from "./orderRow.ts"
import { publicationWrites, publishedEvents } from "./publish.ts"
import { shopOrderWrite } from "./shopOrders.ts"

/**
 * A payment that the change would add to the order although another one of the merchant has it. One that is added by both
 * at once meets the unique index, and the second one is begun again and finds this.
 */
const isTaken = ({ amongTexts }: Dialect): string =>
  `p.merchant = docdata_orders.merchant AND p.payment_id ${amongTexts} AND p.order_id <> docdata_orders.id
    AND NOT EXISTS (SELECT 1 FROM docdata_payments own
      WHERE own.order_id = docdata_orders.id AND own.payment_id = p.payment_id)`

/** Another attempt has changed the shop's order. One that does at the same time meets the table's key. */
const isShopOrderNewer = `s.merchant = docdata_orders.merchant AND s.shop_reference = docdata_orders.shop_reference
    AND s.revision > ?`

const updateText = (observedFrom: string): string =>
  `UPDATE docdata_orders
  SET revision = revision + 1, status = ?, state = ?, next_refresh_at_ms = ?, quiet_refreshes = ?${observedFrom}
  WHERE id = ? AND revision = ? AND erased = ?`

const plainUpdateText = updateText("")
const observedUpdateText = updateText(
  ", observed_from_ms = CASE WHEN observed_from_ms > ? THEN observed_from_ms ELSE ? END"
)

interface Guarding {
  readonly isErased: boolean
  /** Ids of the payments after the change, as a JSON array. */
  readonly paymentIds: string
}

/** Exported for the tests that look at its plan. */
export const guardStatement = (dialect: Dialect, change: Commit, { isErased, paymentIds }: Guarding): Statement => {
  const { expectedRevision, nextRefreshAtMs, observation, orderId, quietRefreshes, shopOrder, state } = change
  const first: ReadonlyArray<SqlValue> = [state.status, stateText(state), nextRefreshAtMs ?? null, quietRefreshes]
  const guard: ReadonlyArray<SqlValue> = [
    orderId,
    expectedRevision,
    isErased ? 1 : 0,
    paymentIds,
    ...shopOrder === undefined ? [] : [shopOrder.expectedRevision]
  ]
  const where = ` AND NOT EXISTS (SELECT 1 FROM docdata_payments p WHERE ${isTaken(dialect)})${
    shopOrder === undefined ? "" : ` AND NOT EXISTS (SELECT 1 FROM docdata_shop_orders s WHERE ${isShopOrderNewer})`
  } RETURNING id, merchant, shop_reference`
  return observation === undefined
    ? statement(plainUpdateText + where, ...first, ...guard)
    : statement(observedUpdateText + where, ...first, observation.askedAtMs, observation.askedAtMs, ...guard)
}

// A row given twice would be a row that one statement changes twice, which PostgreSQL refuses. The later one counts.
const single = <Item>(items: ReadonlyArray<Item>, nameOf: (item: Item) => string): ReadonlyArray<Item> => [
  ...new Map(items.map((item) => [nameOf(item), item])).values()
]

const byNumber = (a: PaymentRow, b: PaymentRow): number => PaymentId.compare(a.paymentId, b.paymentId)

const writesOf = (change: Commit, ownRows: ReadonlyArray<PaymentRow>): ReadonlyArray<Write> => {
  const { acknowledges = [], anomalies = [], expectedRevision, modifications, observation, orderId, shopOrder } = change
  // Of two who add the same payments none waits for the other while it is waited for.
  const rows = single(ownRows, ({ paymentId }) => paymentId).toSorted(byNumber)
  return [
    {
      kind: "others",
      table: "docdata_payments",
      column: "payment_id",
      orderId,
      kept: rows.map(({ paymentId }) => paymentId)
    },
    { kind: "rows", into: paymentsTable, rows: rows.map((row) => paymentValues(orderId, row)) },
    {
      kind: "rows",
      into: observationsTable,
      rows: observation === undefined ? [] : [observationValues(orderId, expectedRevision + 1, observation)]
    },
    {
      kind: "rows",
      into: modificationsTable,
      rows: single(modifications, ({ kind, reference }) => `${kind} ${reference}`)
        .map((modification) => modificationValues({ ...modification, orderId }))
    },
    {
      kind: "rows",
      into: anomaliesTable,
      rows: single(anomalies, ({ id }) => id).map((anomaly) => anomalyValues({ ...anomaly, orderId }))
    },
    shopOrderWrite(shopOrder),
    // Only a claimed item has a claim.
    {
      kind: "gone",
      table: "docdata_inbox",
      columns: ["id", "claim"],
      rows: acknowledges.map(({ claim, id }) => [id, claim] as const)
    }
  ]
}

/** The rows that belong to the order. Only rows that carry a key at all need a refresh of the order's own. */
function* ownRowsOf({ orderId, payments }: Commit): Script<ReadonlyArray<PaymentRow>> {
  if (payments.every((row) => row.orderKey === undefined)) return payments
  const [order] = yield statement("SELECT order_key FROM docdata_orders WHERE id = ?", orderId)
  const key = order === undefined ? "" : textOrNothing(order, "order_key") ?? ""
  return payments.filter((row) => row.orderKey === undefined || row.orderKey === key)
}

/** The first by number of the payments that another order has. Undefined when it was let go in the meantime. */
function* takenPayment(dialect: Dialect, orderId: string, paymentIds: string): Script<string | undefined> {
  const rows = yield statement(
    `SELECT p.payment_id FROM docdata_orders, docdata_payments p WHERE ${isTaken(dialect)} AND docdata_orders.id = ?`,
    paymentIds,
    orderId
  )
  const taken = new Set(rows.map((row) => text(row, "payment_id")))
  return (JSON.parse(paymentIds) as ReadonlyArray<string>).find((paymentId) => taken.has(paymentId))
}

/** What refused a change of the expected revision; nothing where that has passed in the meantime. */
function* obstacle(
  dialect: Dialect,
  { orderId, shopOrder }: Commit,
  paymentIds: string
): Script<Pick<Outdated, "isOfShopOrder" | "paymentId">> {
  const paymentId = yield* takenPayment(dialect, orderId, paymentIds)
  if (paymentId !== undefined) return { paymentId }
  return shopOrder === undefined ? {} : { isOfShopOrder: true }
}

const erased = (change: Commit): Commit =>
  change.observation === undefined ? change : { ...change, observation: withoutPersonalData(change.observation) }

export function* commit(dialect: Dialect, change: Commit): Script<Outcome<Committed, OrderNotFound | Outdated>> {
  const { committedAtMs, subscribers, expectedRevision, events, orderId, traceparent } = change
  const publication = {
    orderId,
    revision: expectedRevision + 1,
    occurredAtMs: committedAtMs,
    events,
    subscribers,
    traceparent
  }
  // The key read here is that of the expected revision, or the guard refuses: it changes with a revision only.
  const ownRows = yield* ownRowsOf(change)
  const paymentIds = JSON.stringify(ownRows.toSorted(byNumber).map(({ paymentId }) => paymentId))
  // Few orders are erased, and only a change that the guard has refused for that is tried as one of those.
  for (let isErased = false;;) {
    const writes = [...writesOf(isErased ? erased(change) : change, ownRows), ...publicationWrites(publication)]
    const changed = yield* dialect.guarded(guardStatement(dialect, change, { isErased, paymentIds }), writes)
    if (changed !== undefined) {
      return Effect.succeed({
        revision: publication.revision,
        events: publishedEvents(publication, text(changed, "merchant"))
      })
    }
    const [present] = yield statement("SELECT revision, erased FROM docdata_orders WHERE id = ?", orderId)
    if (present === undefined) return Effect.fail(new OrderNotFound({ order: { by: "id", id: orderId } }))
    const actualRevision = integer(present, "revision")
    const isMarked = integer(present, "erased") === 1
    if (actualRevision !== expectedRevision || isMarked === isErased) {
      const because = actualRevision === expectedRevision ? yield* obstacle(dialect, change, paymentIds) : {}
      return Effect.fail(new Outdated({ orderId, expectedRevision, actualRevision, ...because }))
    }
    isErased = isMarked
  }
}
