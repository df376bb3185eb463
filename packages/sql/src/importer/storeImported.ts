/**
 * Writing a translated order down, once.
 */
import type { PaymentRow } from "@docdata/domain"
import { stateText } from "../orders/orderRow.ts"
import { found, integer, type Script, statement, text } from "../Script.ts"
import type { ImportFailure, TranslatedOrder } from "./translate.ts"

/** Our id follows from the key, which the reference keeps unique: a second run finds what the first one wrote. */
const importedId = (orderKey: string): string => `imported-${orderKey}`

const insertOrder =
  `INSERT INTO docdata_orders (id, merchant, shop_reference, order_reference, idempotency_key, fingerprint,
    language, bill_to_country, currency, gross_minor, created_at_ms, order_attempt, registration, revision, order_key, status,
    state, next_refresh_at_ms, quiet_refreshes)
  VALUES (?, ?, ?, ?, ?, 'import', ?, ?, ?, ?, ?,
    (SELECT COALESCE(MAX(order_attempt), 0) + 1 FROM docdata_orders WHERE shop_reference = ? AND merchant = ?),
    'confirmed', 1, ?, ?, ?, ?, 0)`

const insertPayment = `INSERT INTO docdata_payments (order_id, payment_id, payment_method, status, confidence_level,
    allocated_minor, debited_minor, refunded_minor, charged_back_minor, reversed_minor, merchant)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Two orders of the reference may have one payment. The second has it without the merchant: see version 12. */
const heldText = "SELECT 1 AS there FROM docdata_payments WHERE merchant = ? AND payment_id = ?"

export type Stored = "written" | "there" | Extract<ImportFailure, "order-key-taken">

/** What is in the way of an order, if anything is. Nothing is written. */
export function* obstacle({ merchant, source: { orderKey } }: TranslatedOrder): Script<Stored> {
  const own = yield statement("SELECT id FROM docdata_orders WHERE id = ?", importedId(orderKey))
  if (found(own)) return "there"
  const holders = yield statement(
    "SELECT id FROM docdata_orders WHERE merchant = ? AND order_key = ?",
    merchant,
    orderKey
  )
  return found(holders) ? "order-key-taken" : "written"
}

/**
 * The reference under which the order is stored. Those of one merchant differ here, in the reference implementation they
 * need not: notifications name the newest attempt, so it gets the reference itself, and others a mark behind it.
 */
function* referenceFor({ merchant, source: { merchantOrderId, orderKey }, state }: TranslatedOrder): Script<string> {
  const [holder] = yield statement(
    "SELECT id, order_key, created_at_ms FROM docdata_orders WHERE merchant = ? AND order_reference = ?",
    merchant,
    merchantOrderId
  )
  if (holder === undefined) return merchantOrderId
  const marked = (key: string): string => `${merchantOrderId}~${key}`
  const isNewest = text(holder, "id").startsWith(importedId("")) &&
    integer(holder, "created_at_ms") <= state.createdAtMs
  if (!isNewest) return marked(orderKey)
  yield statement(
    "UPDATE docdata_orders SET order_reference = ? WHERE id = ?",
    marked(text(holder, "order_key")),
    text(holder, "id")
  )
  return merchantOrderId
}

export function* storeImported(
  order: TranslatedOrder,
  payments: ReadonlyArray<PaymentRow>,
  nextRefreshAtMs: number | undefined
): Script<Stored> {
  const inTheWay = yield* obstacle(order)
  if (inTheWay !== "written") return inTheWay
  const { billToCountry, language, merchant, source, state } = order
  const { merchantOrderId, orderKey } = source
  const id = importedId(orderKey)
  yield statement(
    insertOrder,
    id,
    merchant,
    merchantOrderId,
    yield* referenceFor(order),
    id,
    language,
    billToCountry,
    state.currency,
    state.grossMinor!,
    state.createdAtMs,
    merchantOrderId,
    merchant,
    orderKey,
    state.status,
    stateText(state),
    nextRefreshAtMs ?? null
  )
  for (const row of payments) {
    const isHeld = found(yield statement(heldText, merchant, row.paymentId))
    yield statement(
      insertPayment,
      id,
      row.paymentId,
      row.paymentMethod,
      row.status,
      row.confidenceLevel,
      row.allocatedMinor,
      row.debitedMinor,
      row.refundedMinor,
      row.chargedBackMinor,
      row.reversedMinor,
      isHeld ? null : merchant
    )
  }
  return "written"
}
