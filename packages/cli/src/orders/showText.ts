/**
 * An order as a page of text: what it is, its payments, the figures, and money asked for or given back.
 */
import type { Modification, OrderSnapshot, StoredOrder } from "@docdata/application"
import { Amount, type PaymentRow, type ReportedTotals } from "@docdata/domain"
import { statusTexts } from "../explain/statusTexts.ts"
import { colourOfFulfilment, colourOfStatus, makePaint, type Paint } from "../text/Paint.ts"
import { printable } from "../text/printable.ts"
import { table } from "../text/table.ts"
import { whenText } from "../text/whenText.ts"
import { ownPayments } from "./orderLine.ts"

export interface ShowOptions {
  readonly colour: boolean
  readonly nowMs: number
}

type Rows = ReadonlyArray<ReadonlyArray<string>>

const section = (title: string, rows: Rows, whenEmpty: string): ReadonlyArray<string> => [
  "",
  title,
  ...(rows.length === 0 ? [`  ${whenEmpty}`] : table(rows).map((line) => `  ${line}`))
]

const factRows = (order: StoredOrder, paint: Paint, nowMs: number): Rows => {
  const { nextRefreshAtMs, observedFromMs, registration, state, subjectMerchant } = order
  const { fulfilment, hold, key, status } = state
  return [
    ["status", paint(colourOfStatus[status], statusTexts[status])],
    ["goods", paint(colourOfFulfilment[fulfilment], fulfilment)],
    ...(hold === undefined ? [] : [["on hold", hold]]),
    ["amount", Amount.format({ minor: order.grossMinor, currency: order.currency })],
    [
      "merchant",
      subjectMerchant === undefined ? order.merchant : `${order.merchant}, for ${printable(subjectMerchant)}`
    ],
    [
      "shop reference",
      `${printable(order.shopReference)}${order.orderAttempt === 1 ? "" : `, attempt ${order.orderAttempt}`}`
    ],
    ["reference", printable(order.orderReference)],
    ["key", key === "" ? `none, the order is ${registration}` : key],
    ["created", whenText(order.createdAtMs, nowMs)],
    ["last refresh", observedFromMs === undefined ? "none yet" : whenText(observedFromMs, nowMs)],
    ["next refresh", nextRefreshAtMs === undefined ? "none, nothing is expected" : whenText(nextRefreshAtMs, nowMs)]
  ]
}

const aligned = (minor: number, currency: string): string => Amount.toMajor({ minor, currency }).padStart(12)

const totalsRows = (totals: ReportedTotals, currency: string): Rows => [
  ["registered", aligned(totals.registered, currency)],
  ["promised by the shopper", aligned(totals.shopperPending, currency)],
  ["asked of the acquirer", aligned(totals.acquirerPending, currency)],
  ["approved", aligned(totals.acquirerApproved, currency)],
  ["captured", aligned(totals.captured, currency)],
  ["refunded", aligned(totals.refunded, currency)],
  ["charged back", aligned(totals.chargedBack, currency)],
  ["reversed", aligned(totals.reversed, currency)]
]

const paymentRow = (row: PaymentRow, orderCurrency: string): ReadonlyArray<string> => {
  const currency = row.currency ?? orderCurrency
  const parts = [
    ["captured", row.debitedMinor],
    ["refunded", row.refundedMinor],
    ["charged back", row.chargedBackMinor],
    ["reversed", row.reversedMinor]
  ] as const
  const moved = parts.filter(([, minor]) => minor !== 0).map(([words, minor]) =>
    `${words} ${Amount.toMajor({ minor, currency })}`
  )
  return [
    row.paymentId,
    printable(row.paymentMethod),
    printable(row.status),
    `${Amount.toMajor({ minor: row.allocatedMinor, currency }).padStart(12)} ${currency}`,
    moved.join(", ")
  ]
}

const modificationRow = (modification: Modification, nowMs: number): ReadonlyArray<string> => [
  modification.kind,
  printable(modification.reference),
  modification.state.padEnd(9),
  `${aligned(modification.amountMinor, modification.currency)} ${modification.currency}`,
  modification.paymentId,
  whenText(modification.changedAtMs, nowMs)
]

export const showText = (
  snapshot: OrderSnapshot,
  modifications: ReadonlyArray<Modification>,
  { colour, nowMs }: ShowOptions
): string => {
  const { order } = snapshot
  const { currency, state: { totals } } = order
  return [
    `Order ${order.id}`,
    ...table(factRows(order, makePaint(colour), nowMs)).map((line) => `  ${line}`),
    ...section(
      `Figures in ${currency}, as last reported`,
      totals === undefined ? [] : totalsRows(totals, currency),
      "none yet"
    ),
    ...section("Payments", ownPayments(snapshot).map((row) => paymentRow(row, currency)), "none"),
    ...section(
      "Captures and refunds asked for",
      modifications.map((modification) => modificationRow(modification, nowMs)),
      "none"
    ),
    ""
  ].join("\n")
}
