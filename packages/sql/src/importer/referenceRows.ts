/**
 * The two tables of django-oscar-docdata as rows, by keyset.
 *
 * Amounts are read as text. SQLite keeps Django's decimals as binary fractions; written with the two decimals of their
 * columns they are the digits that were stored, of which there are 15 at most. A value with more decimals than that is
 * left as it is and will be refused. So are ids and times: a column of SQLite holds whatever was put into it, and one
 * odd value must not keep the other rows back. What is no text at all is read as an empty one.
 */
import { type Row, type Statement, statement, textOrNothing } from "../Script.ts"

/** One row of `docdata_docdataorder`; amounts as decimal text in major units. */
export interface ReferenceOrder {
  readonly id: string
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
  /** Not a number where the column holds no time. */
  readonly createdAtMs: number
}

/** One row of `docdata_docdatapayment`. */
export interface ReferencePayment {
  readonly orderId: string
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
const createdAtSeconds = {
  sqlite: "CASE WHEN typeof(created) = 'text' THEN strftime('%s', created) END",
  postgres: "CASE WHEN isfinite(created) THEN CAST(FLOOR(EXTRACT(EPOCH FROM created)) AS TEXT) END"
}

const wholeNumber = {
  sqlite: "CAST(? AS INTEGER)",
  postgres: "CAST(? AS BIGINT)"
}

/** Rows read at a time, each with its payments. */
const batchSize = 200

/** Less than every id there is. */
export const beforeAll = "-9223372036854775808"

type DialectName = "sqlite" | "postgres"

export const ordersAfter = (dialect: DialectName, id: string): Statement =>
  statement(
    `SELECT CAST(id AS TEXT) AS id_text, merchant_name, merchant_order_id, order_key, status, language, country, currency,
      ${["total_gross_amount", ...totalColumns].map(asText[dialect]).join(", ")}, ${
      createdAtSeconds[dialect]
    } AS created_at_seconds
    FROM docdata_docdataorder WHERE id > ${wholeNumber[dialect]} ORDER BY id LIMIT ${batchSize}`,
    id
  )

/** The merchant names that orders have. */
export const merchantNames = statement(
  "SELECT DISTINCT merchant_name FROM docdata_docdataorder WHERE merchant_name IS NOT NULL ORDER BY merchant_name"
)

/** Keys that several orders have, which Django's own table does not allow. */
export const doubledKeys = statement(
  "SELECT order_key FROM docdata_docdataorder WHERE order_key <> '' GROUP BY order_key HAVING COUNT(*) > 1"
)

/** Payments of orders that are not there. */
export const orphanPayments = statement(
  `SELECT CAST(docdata_order_id AS TEXT) AS order_id_text, CAST(payment_id AS TEXT) AS payment_id
  FROM docdata_docdatapayment p WHERE NOT EXISTS (SELECT 1 FROM docdata_docdataorder o WHERE o.id = p.docdata_order_id)`
)

/** The payments of orders from one id to another, both included. */
export const paymentsBetween = (dialect: DialectName, firstId: string, lastId: string): Statement =>
  statement(
    `SELECT CAST(docdata_order_id AS TEXT) AS order_id_text, CAST(payment_id AS TEXT) AS payment_id, status, payment_method, confidence_level,
      ${["amount_allocated", "amount_debited", "amount_refunded", "amount_chargeback"].map(asText[dialect]).join(", ")}
    FROM docdata_docdatapayment WHERE docdata_order_id BETWEEN ${wholeNumber[dialect]} AND ${wholeNumber[dialect]}`,
    firstId,
    lastId
  )

const textIn = (row: Row, column: string): string => textOrNothing(row, column) ?? ""

export const orderIdIn = (row: Row): string => textIn(row, "order_id_text")

export const orderFrom = (row: Row): ReferenceOrder => {
  const seconds = textIn(row, "created_at_seconds")
  return {
    id: textIn(row, "id_text"),
    merchantName: textIn(row, "merchant_name"),
    merchantOrderId: textIn(row, "merchant_order_id"),
    orderKey: textIn(row, "order_key"),
    status: textIn(row, "status"),
    language: textIn(row, "language"),
    country: textIn(row, "country"),
    currency: textIn(row, "currency"),
    totalGrossAmount: textIn(row, "total_gross_amount"),
    totals: totalColumns.map((column) => textIn(row, column)),
    createdAtMs: seconds === "" ? Number.NaN : Number(seconds) * 1000
  }
}

export const paymentFrom = (row: Row): ReferencePayment => ({
  orderId: orderIdIn(row),
  paymentId: textIn(row, "payment_id"),
  status: textIn(row, "status"),
  paymentMethod: textIn(row, "payment_method"),
  confidenceLevel: textIn(row, "confidence_level"),
  allocated: textIn(row, "amount_allocated"),
  debited: textIn(row, "amount_debited"),
  refunded: textIn(row, "amount_refunded"),
  chargedBack: textIn(row, "amount_chargeback")
})
