/**
 * The two tables of django-oscar-docdata as rows, by keyset.
 *
 * Amounts are read as text. SQLite keeps Django's decimals as binary fractions; written with the two decimals of their
 * columns they are the digits that were stored, of which there are 15 at most. A value with more decimals than that is
 * left as it is and will be refused.
 */
import { integer, type Row, type Statement, statement, text, textOrNothing } from "../Script.ts"

/** One row of `docdata_docdataorder`; amounts as decimal text in major units. */
export interface ReferenceOrder {
  readonly id: number
  readonly merchantName: string
  readonly merchantOrderId: string
  readonly orderKey: string
  readonly status: string
  readonly language: string
  readonly country: string
  readonly currency: string
  readonly totalGrossAmount: string
  /** In the order of {@link totalNames}. */
  readonly totals: ReadonlyArray<string>
  readonly createdAtMs: number
}

/** One row of `docdata_docdatapayment`. */
export interface ReferencePayment {
  readonly orderId: number
  readonly paymentId: string
  readonly status: string
  readonly paymentMethod: string
  readonly confidenceLevel: string
  readonly allocated: string
  readonly debited: string
  readonly refunded: string
  readonly chargedBack: string
}

/** The totals as the kernel names them, in the order in which rows hold them. */
export const totalNames = [
  "registered",
  "shopperPending",
  "acquirerPending",
  "acquirerApproved",
  "captured",
  "refunded",
  "chargedBack"
] as const

const totalColumns = totalNames.map((name) =>
  `total_${name.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)}`
)

const asText = {
  sqlite: (column: string): string =>
    `CASE WHEN typeof(${column}) IN ('integer', 'real') AND round(${column}, 2) = ${column}
      THEN printf('%.2f', ${column}) ELSE CAST(${column} AS TEXT) END AS ${column}`,
  postgres: (column: string): string => `CAST(${column} AS TEXT) AS ${column}`
}

// Django writes UTC; SQLite has it as text, to the microsecond at most, which is cut.
const createdAtMs = {
  sqlite: "CAST(strftime('%s', created) AS INTEGER) * 1000",
  postgres: "CAST(FLOOR(EXTRACT(EPOCH FROM created)) * 1000 AS BIGINT)"
}

/** Rows read at a time, each with its payments. */
const batchSize = 200

export const ordersAfter = (dialect: "sqlite" | "postgres", id: number): Statement =>
  statement(
    `SELECT id, merchant_name, merchant_order_id, order_key, status, language, country, currency,
      ${["total_gross_amount", ...totalColumns].map(asText[dialect]).join(", ")}, ${
      createdAtMs[dialect]
    } AS created_at_ms
    FROM docdata_docdataorder WHERE id > ? ORDER BY id LIMIT ${batchSize}`,
    id
  )

/** The merchant names that orders have. */
export const merchantNames = statement(
  "SELECT DISTINCT merchant_name FROM docdata_docdataorder WHERE merchant_name IS NOT NULL ORDER BY merchant_name"
)

/** The payments of orders from one id to another, both included. */
export const paymentsBetween = (dialect: "sqlite" | "postgres", firstId: number, lastId: number): Statement =>
  statement(
    `SELECT docdata_order_id, payment_id, status, payment_method, confidence_level,
      ${["amount_allocated", "amount_debited", "amount_refunded", "amount_chargeback"].map(asText[dialect]).join(", ")}
    FROM docdata_docdatapayment WHERE docdata_order_id BETWEEN ? AND ?`,
    firstId,
    lastId
  )

export const orderFrom = (row: Row): ReferenceOrder => ({
  id: integer(row, "id"),
  merchantName: text(row, "merchant_name"),
  merchantOrderId: text(row, "merchant_order_id"),
  orderKey: text(row, "order_key"),
  status: text(row, "status"),
  language: text(row, "language"),
  country: textOrNothing(row, "country") ?? "",
  currency: text(row, "currency"),
  totalGrossAmount: text(row, "total_gross_amount"),
  totals: totalColumns.map((column) => text(row, column)),
  createdAtMs: integer(row, "created_at_ms")
})

export const paymentFrom = (row: Row): ReferencePayment => ({
  orderId: integer(row, "docdata_order_id"),
  paymentId: text(row, "payment_id"),
  status: text(row, "status"),
  paymentMethod: text(row, "payment_method"),
  confidenceLevel: text(row, "confidence_level"),
  allocated: text(row, "amount_allocated"),
  debited: text(row, "amount_debited"),
  refunded: text(row, "amount_refunded"),
  chargedBack: text(row, "amount_chargeback")
})
