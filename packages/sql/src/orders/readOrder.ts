/**
 * An order with its payments, by one statement and so at one instant.
 */
import { type OrderName, OrderNotFound, type OrderSnapshot, type StoredOrder } from "@docdata/application"
import { PaymentId, type PaymentRow } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { Outcome } from "../Database.ts"
import type { Dialect } from "../Dialect.ts"
import { compareText } from "../compareText.ts"
import { type Row, type Script, type SqlValue, statement, text } from "../Script.ts"
import { orderColumns, orderFrom, paymentFrom, paymentSelection } from "./orderRow.ts"

const selection = `${orderColumns.map((column) => `o.${column} AS ${column}`).join(", ")}, ${paymentSelection}`

const named = (name: OrderName): { readonly where: string; readonly params: ReadonlyArray<SqlValue> } => {
  switch (name.by) {
    case "id":
      return { where: "o.id = ?", params: [name.id] }
    case "key":
      return { where: "o.merchant = ? AND o.order_key = ?", params: [name.merchant, name.key] }
    case "order-reference":
      return { where: "o.merchant = ? AND o.order_reference = ?", params: [name.merchant, name.orderReference] }
  }
}

const ownText = (where: string): string =>
  `SELECT ${selection}, NULL AS owner_key, '' AS owner_id
  FROM docdata_orders o LEFT JOIN docdata_payments p ON p.order_id = o.id WHERE ${where}`

const foreignText = (where: string, { amongTexts }: Dialect): string =>
  `SELECT ${selection}, COALESCE(owner.order_key, '') AS owner_key, owner.id AS owner_id
  FROM docdata_orders o, docdata_payments p JOIN docdata_orders owner ON owner.id = p.order_id
  WHERE ${where} AND p.payment_id ${amongTexts} AND owner.merchant = o.merchant AND owner.id <> o.id`

// An own row has no other owner, and no id comes before the empty one.
const compareRows = (a: Row, b: Row): number =>
  PaymentId.compare(text(a, "payment_id"), text(b, "payment_id")) ||
  compareText(text(a, "owner_id"), text(b, "owner_id"))

const hasPayment = (row: Row): boolean => row["payment_id"] !== null

export function* readOrder(
  dialect: Dialect,
  name: OrderName,
  paymentIds: ReadonlyArray<string>
): Script<Outcome<OrderSnapshot, OrderNotFound>> {
  const { params, where } = named(name)
  const rows = yield paymentIds.length === 0
    ? statement(ownText(where), ...params)
    : statement(
      `${ownText(where)} UNION ALL ${foreignText(where, dialect)}`,
      ...params,
      ...params,
      JSON.stringify(paymentIds)
    )
  const [first] = rows
  if (first === undefined) return Effect.fail(new OrderNotFound({ order: name }))
  const payments = rows.filter(hasPayment).toSorted(compareRows).map(paymentFrom)
  return Effect.succeed({ order: orderFrom(first), payments })
}

const elsewhereText = ({ amongTexts }: Dialect): string =>
  `SELECT ${paymentSelection}, COALESCE(owner.order_key, '') AS owner_key, owner.id AS owner_id
  FROM docdata_payments p JOIN docdata_orders owner ON owner.id = p.order_id
  WHERE owner.merchant = ? AND p.payment_id ${amongTexts} AND owner.id <> ?`

export function* paymentsElsewhere(
  dialect: Dialect,
  { id, merchant }: Pick<StoredOrder, "id" | "merchant">,
  paymentIds: ReadonlyArray<string>
): Script<Outcome<ReadonlyArray<PaymentRow>, never>> {
  const rows = yield statement(elsewhereText(dialect), merchant, JSON.stringify(paymentIds), id)
  return Effect.succeed(rows.toSorted(compareRows).map(paymentFrom))
}
