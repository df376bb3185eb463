/**
 * An order as a page of text: what it is, its payments, the figures, and its captures and refunds.
 */
import type { Modification, Money, Order, Payment, Totals } from "@docdata/contract"
import { Amount } from "@docdata/domain"
import { printable } from "@docdata/service/text"
import { statusTexts } from "../explain/statusTexts.ts"
import { colourOfFulfilment, colourOfStatus, makePaint, type Paint } from "../text/Paint.ts"
import { table } from "../text/table.ts"
import { whenText } from "../text/whenText.ts"
import { referenceOf } from "./orderText.ts"

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

const factRows = (order: typeof Order.Type, paint: Paint, nowMs: number): Rows => {
  const { fulfilment, hold, nextRefreshAt, orderAttempt, orderKey, refreshedAt, status, subjectMerchant } = order
  return [
    ["status", order.registration === "abandoned" ? "none" : paint(colourOfStatus[status], statusTexts[status])],
    ["goods", paint(colourOfFulfilment[fulfilment], fulfilment)],
    ...(hold === undefined ? [] : [["on hold", hold]]),
    ["amount", Amount.format(order.amount)],
    [
      "merchant",
      subjectMerchant === undefined ? order.merchant : `${order.merchant}, for ${printable(subjectMerchant)}`
    ],
    ["shop reference", `${printable(order.shopReference)}${orderAttempt === 1 ? "" : `, attempt ${orderAttempt}`}`],
    ["reference", printable(order.orderReference)],
    ["key", orderKey ?? `none, the order is ${[order.registration, order.abandonedBecause ?? []].flat().join(": ")}`],
    ["created", whenText(Date.parse(order.createdAt), nowMs)],
    ["refreshed", refreshedAt === undefined ? "not yet" : whenText(Date.parse(refreshedAt), nowMs)],
    [
      "next refresh",
      nextRefreshAt === undefined ? "none, nothing is expected" : whenText(Date.parse(nextRefreshAt), nowMs)
    ]
  ]
}

const aligned = (amount: typeof Money.Type): string => Amount.toMajor(amount).padStart(12)

const totalsRows = (totals: typeof Totals.Type): Rows => [
  ["registered", aligned(totals.registered)],
  ["promised by the shopper", aligned(totals.shopperPending)],
  ["asked of the acquirer", aligned(totals.acquirerPending)],
  ["approved", aligned(totals.acquirerApproved)],
  ["captured", aligned(totals.captured)],
  ["refunded", aligned(totals.refunded)],
  ["charged back", aligned(totals.chargedBack)],
  ["reversed", aligned(totals.reversed)]
]

const paymentRow = (payment: typeof Payment.Type): ReadonlyArray<string> => {
  const parts = [
    ["captured", payment.debited],
    ["refunded", payment.refunded],
    ["charged back", payment.chargedBack],
    ["reversed", payment.reversed]
  ] as const
  const moved = parts.filter(([, { minor }]) => minor !== 0).map(([text, amount]) =>
    `${text} ${Amount.toMajor(amount)}`
  )
  return [
    payment.id,
    printable(payment.paymentMethod),
    printable(payment.status),
    `${aligned(payment.allocated)} ${payment.allocated.currency}`,
    moved.join(", ")
  ]
}

const modificationRow = (modification: typeof Modification.Type, nowMs: number): ReadonlyArray<string> => [
  modification.kind,
  printable(referenceOf(modification)),
  modification.state.padEnd(9),
  `${aligned(modification.amount)} ${modification.amount.currency}`,
  modification.paymentId,
  whenText(Date.parse(modification.changedAt), nowMs)
]

export const showText = (
  order: typeof Order.Type,
  modifications: ReadonlyArray<typeof Modification.Type>,
  { colour, nowMs }: ShowOptions
): string => {
  const { amount: { currency }, payments, totals } = order
  return [
    `Order ${order.id}`,
    ...table(factRows(order, makePaint(colour), nowMs)).map((line) => `  ${line}`),
    ...section(`Figures in ${currency}, as last reported`, totals === undefined ? [] : totalsRows(totals), "none yet"),
    ...section("Payments", payments.map(paymentRow), "none"),
    ...section("Captures and refunds", modifications.map((one) => modificationRow(one, nowMs)), "none")
  ].join("\n")
}
