/**
 * Writing a translated order down, once.
 */
import type { PaymentRow } from "@docdata/domain"
import { stateText } from "../orders/orderRow.ts"
import { found, type Script, statement } from "../Script.ts"
import type { ImportFailure, TranslatedOrder } from "./translate.ts"

/** Our id follows from the key, which the reference keeps unique: a second run finds what the first one wrote. */
const importedId = (orderKey: string): string => `imported-${orderKey}`

const insertOrder =
  `INSERT INTO docdata_orders (id, merchant, shop_reference, order_reference, idempotency_key, fingerprint,
    language, bill_to_country, currency, gross_minor, created_at_ms, order_attempt, registration, revision, order_key, status,
    state, next_refresh_at_ms, quiet_refreshes)
  VALUES (?, ?, ?, ?, ?, 'import', ?, ?, ?, ?, ?,
    (SELECT COALESCE(MAX(order_attempt), 0) + 1 FROM docdata_orders WHERE shop_reference = ? AND merchant = ?),
    'confirmed', 1, ?, ?, ?, ?, 0)
  ON CONFLICT DO NOTHING RETURNING id`

const insertPayment = `INSERT INTO docdata_payments (order_id, payment_id, payment_method, status, confidence_level,
    allocated_minor, debited_minor, refunded_minor, charged_back_minor, reversed_minor, merchant)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Two orders of the reference may have one payment. The second has it without the merchant: see version 12. */
const heldText = "SELECT 1 AS there FROM docdata_payments WHERE merchant = ? AND payment_id = ?"

export type Stored = "written" | "there" | Extract<ImportFailure, "reference-taken" | "order-key-taken">

/** What was in the way. */
function* obstacle({ merchant, source: { orderKey } }: TranslatedOrder): Script<Stored> {
  const own = yield statement("SELECT id FROM docdata_orders WHERE id = ?", importedId(orderKey))
  if (found(own)) return "there"
  const [holder] = yield statement(
    "SELECT id FROM docdata_orders WHERE merchant = ? AND order_key = ?",
    merchant,
    orderKey
  )
  return holder === undefined ? "reference-taken" : "order-key-taken"
}

export function* storeImported(
  order: TranslatedOrder,
  payments: ReadonlyArray<PaymentRow>,
  nextRefreshAtMs: number | undefined
): Script<Stored> {
  const { billToCountry, language, merchant, source, state } = order
  const { merchantOrderId, orderKey } = source
  const id = importedId(orderKey)
  const written = yield statement(
    insertOrder,
    id,
    merchant,
    merchantOrderId,
    merchantOrderId,
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
  if (!found(written)) return yield* obstacle(order)
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

/**
 * What {@link storeImported} would answer, with nothing written. It does not see orders of the same run: whoever asks
 * keeps `taken`, the references that earlier orders of the run would have got.
 */
export function* foreseeImported(order: TranslatedOrder, taken: Set<string>): Script<Stored> {
  const { merchant, source: { merchantOrderId } } = order
  const holders = yield statement(
    "SELECT id FROM docdata_orders WHERE merchant = ? AND order_reference = ?",
    merchant,
    merchantOrderId
  )
  // Without anything in the way it names the reference, which is then nobody's.
  const seen = yield* obstacle(order)
  if (seen !== "reference-taken" || found(holders)) return seen
  const reference = JSON.stringify([merchant, merchantOrderId])
  if (taken.has(reference)) return "reference-taken"
  taken.add(reference)
  return "written"
}
