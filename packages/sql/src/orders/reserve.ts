/**
 * Writing down the intent to create an order.
 */
import { AlreadyTaken, type NewOrder, type Reservation } from "@docdata/application"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import { integer, type Row, type Script, type Statement, statement, text } from "../Script.ts"
import { orderFrom, orderSelection, stateText } from "./orderRow.ts"

const insertText = `INSERT INTO docdata_orders (id, merchant, subject_merchant, shop_reference, order_reference,
    idempotency_key, fingerprint, language, bill_to_country, currency, gross_minor, created_at_ms, lease_until_ms,
    order_attempt, registration, revision, status, state, quiet_refreshes)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
    (SELECT COALESCE(MAX(order_attempt), 0) + 1 FROM docdata_orders WHERE shop_reference = ? AND merchant = ?),
    'reserved', 0, 'new', ?, 0)
  ON CONFLICT DO NOTHING
  RETURNING ${orderSelection}`

const insert = (request: NewOrder): Statement => {
  const { createdAtMs, currency, grossMinor } = request
  return statement(
    insertText,
    request.id,
    request.merchant,
    request.subjectMerchant ?? null,
    request.shopReference,
    request.orderReference,
    request.idempotencyKey,
    request.fingerprint,
    request.language,
    request.billToCountry,
    currency,
    grossMinor,
    createdAtMs,
    request.leaseUntilMs,
    request.shopReference,
    request.merchant,
    stateText({ key: "", status: "new", fulfilment: "wait", createdAtMs, currency, grossMinor })
  )
}

// In the order in which the port looks at them. At most one row each, so the union is three look-ups.
const holdersText = `SELECT 1 AS rank, ${orderSelection} FROM docdata_orders
    WHERE merchant = ? AND idempotency_key = ? AND key_released = 0
  UNION ALL SELECT 2 AS rank, ${orderSelection} FROM docdata_orders WHERE merchant = ? AND order_reference = ?
  UNION ALL SELECT 3 AS rank, ${orderSelection} FROM docdata_orders WHERE id = ?
  ORDER BY rank LIMIT 1`

const answerOfHolder = (request: NewOrder, holder: Row): Outcome<Reservation, AlreadyTaken> => {
  const orderId = text(holder, "id")
  switch (integer(holder, "rank")) {
    case 1:
      return text(holder, "fingerprint") === request.fingerprint
        ? Effect.succeed({ created: false, order: orderFrom(holder) })
        : Effect.fail(new AlreadyTaken({ what: "idempotency-key", orderId }))
    case 2:
      return Effect.fail(new AlreadyTaken({ what: "order-reference", orderId }))
    default:
      return Effect.fail(new AlreadyTaken({ what: "id", orderId }))
  }
}

/**
 * Writes first and looks at what was in the way only if something was. When nothing of the three was, two attempts of
 * one shop order had taken the same number; the other one is stored by now, so this one counts again.
 */
export function* reserve(request: NewOrder): Script<Outcome<Reservation, AlreadyTaken>> {
  for (;;) {
    const [row] = yield insert(request)
    if (row !== undefined) return Effect.succeed({ created: true, order: orderFrom(row) })
    const { id, idempotencyKey, merchant, orderReference } = request
    const [holder] = yield statement(holdersText, merchant, idempotencyKey, merchant, orderReference, id)
    if (holder !== undefined) return answerOfHolder(request, holder)
  }
}
