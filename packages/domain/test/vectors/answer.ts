/**
 * A vector's question in the kernel's terms, and the kernel's answer in the vector's terms.
 */
import {
  Amount,
  Currency,
  defaultPolicy,
  type Finding,
  levelOf,
  type Money,
  type Order,
  type OrderEvent,
  type OrderStatus,
  type Outcome,
  type PaymentLine,
  type PaymentRow,
  type Question,
  reconcile,
  type ReportedTotals,
  type RuleSetName
} from "../../src/index.ts"
import type { Vector, VectorAnswer, VectorItem, VectorPayment, VectorRow } from "./Vector.ts"

// The reference divides by 100 whatever the currency; the strict rules know the currency's own decimals. What is no
// ISO code has none and is taken as the reference takes it.
const minorOf = (text: string, currency: string, rules: RuleSetName): number => {
  const isKnown = Currency.exponentOf(currency) !== undefined
  const amount = rules === "strict" && isKnown
    ? Amount.fromMajor(text, currency, "half-up")
    : Amount.fromMajor(text, "EUR", "down")
  if (Amount.isRefused(amount)) throw new Error(`${text} ${currency}: ${amount.message}`)
  return amount.minor
}

const majorOf = (minor: number, currency: string, rules: RuleSetName): string =>
  Amount.toMajor({ minor, currency: rules === "strict" ? currency : "EUR" })

const money = (item: { readonly amount: number; readonly currency: string }): Money => ({
  minor: item.amount,
  currency: item.currency
})

const items = (list: ReadonlyArray<VectorItem> | undefined) =>
  (list ?? []).map((item) => ({
    status: item.status,
    amount: money(item),
    ...(item.reason === undefined ? {} : { reason: item.reason })
  }))

const lineOf = ({ authorization, id, paymentMethod }: VectorPayment): PaymentLine => ({
  id,
  paymentMethod,
  authorization: {
    status: authorization.status,
    amount: money(authorization),
    confidenceLevel: authorization.confidenceLevel ?? "",
    captures: items(authorization.captures),
    refunds: items(authorization.refunds),
    chargebacks: items(authorization.chargebacks)
  }
})

const rowOf = (row: VectorRow, currency: string, rules: RuleSetName): PaymentRow => ({
  paymentId: row.paymentId,
  ...(row.orderKey === undefined ? {} : { orderKey: row.orderKey }),
  paymentMethod: row.paymentMethod,
  status: row.status,
  confidenceLevel: row.confidenceLevel,
  currency,
  allocatedMinor: minorOf(row.amountAllocated, currency, rules),
  debitedMinor: minorOf(row.amountDebited, currency, rules),
  refundedMinor: minorOf(row.amountRefunded, currency, rules),
  chargedBackMinor: minorOf(row.amountChargeback, currency, rules),
  reversedMinor: 0
})

const totalKeys = {
  registered: "totalRegistered",
  shopperPending: "totalShopperPending",
  acquirerPending: "totalAcquirerPending",
  acquirerApproved: "totalAcquirerApproved",
  captured: "totalCaptured",
  refunded: "totalRefunded",
  chargedBack: "totalChargedback"
} as const

type TotalName = keyof typeof totalKeys

const totalNames = Object.keys(totalKeys) as ReadonlyArray<TotalName>

const totalsOf = (totals: Vector["input"]["report"]["approximateTotals"]) => ({
  ...(typeof totals["exchangedTo"] === "string" ? { exchangedTo: totals["exchangedTo"] } : {}),
  ...Object.fromEntries(
    totalNames.flatMap((name) => {
      const value = totals[totalKeys[name]]
      return typeof value === "number" ? [[name, value]] : []
    })
  )
})

const orderOf = ({ input: { order } }: Vector, rules: RuleSetName): Order => ({
  key: order.orderKey,
  // One vector starts from a word that is no status; the rules must carry it through untouched.
  status: order.status as OrderStatus,
  fulfilment: "wait",
  createdAtMs: Date.parse(order.createdAt),
  currency: order.currency,
  grossMinor: minorOf(order.totalGrossAmount, order.currency, rules)
})

const intentOf = (wanted: string | null, rules: RuleSetName): Pick<Question, "intent"> => {
  if (wanted === null) return {}
  if (rules !== "strict") return { intent: { wanted: "legacy", status: wanted } }
  // The strict rules take only what a caller can mean; other words are refused where they are read.
  return wanted === "cancelled" || wanted === "expired" ? { intent: { wanted } } : {}
}

/** The question a vector asks under a rule set. */
export const questionOf = (vector: Vector, rules: RuleSetName): Question => {
  const { input } = vector
  const currencies = new Map(input.report.payments.map(({ authorization, id }) => [id, authorization.currency]))
  return {
    order: orderOf(vector, rules),
    payments: input.storedPayments.map((row) =>
      rowOf(row, currencies.get(row.paymentId) ?? input.order.currency, rules)
    ),
    report: { totals: totalsOf(input.report.approximateTotals), payments: input.report.payments.map(lineOf) },
    nowMs: Date.parse(input.now),
    ...intentOf(input.intendedStatus, rules),
    policy: {
      ...defaultPolicy,
      rules,
      marginMinor: input.settings.successMargin,
      legacyIdOrder: input.options?.idType === "text" ? "text" : "number"
    }
  }
}

// What the reference would have logged for a finding; findings it has no words for are left out.
const logKinds: Partial<Record<Finding["kind"], string>> = {
  "registered-below-gross": "total_mismatch",
  "registered-above-gross": "total_mismatch",
  "total-mismatch": "total_mismatch",
  "report-without-lines": "no_payments_unclear_totals",
  "unclear-totals": "no_payments_unclear_totals",
  "returned-more-than-captured": "negative_sum",
  "negative-sum": "negative_sum",
  "unhandled-totals": "unhandled_totals",
  "payment-method-changed": "payment_method_changed",
  "legacy-payment-method-changed": "payment_method_changed",
  "unknown-status-word": "unknown_payment_status",
  "legacy-unknown-status-word": "unknown_payment_status",
  "order-status-unknown": "order_status_unknown"
}

const logsOf = (findings: ReadonlyArray<Finding>): VectorAnswer["logs"] =>
  findings.flatMap((finding) => {
    const kind = logKinds[finding.kind]
    return kind === undefined ? [] : [{ level: levelOf(finding), kind }]
  })

const eventOf = (event: OrderEvent): ReadonlyArray<Readonly<Record<string, string>>> => {
  switch (event.type) {
    case "payment.added":
      return [{ event: "payment_added", paymentId: event.paymentId }]
    case "payment.updated":
      return [{ event: "payment_updated", paymentId: event.paymentId }]
    case "order.status_changed":
      return [{ event: "order_status_changed", oldStatus: event.from, newStatus: event.to }]
    case "order.fulfilment_changed":
      // The reference knows no fulfilment, and the format has no word for it.
      return []
  }
}

const changeOf = (paymentId: string, events: ReadonlyArray<OrderEvent>): string =>
  events.flatMap((event) => {
    if (event.type === "payment.added" && event.paymentId === paymentId) return ["added"]
    return event.type === "payment.updated" && event.paymentId === paymentId ? ["updated"] : []
  }).join("+") || "none"

const totalsText = (totals: ReportedTotals | undefined, currency: string, rules: RuleSetName) =>
  Object.fromEntries(totalNames.map((name) => [name, majorOf(totals?.[name] ?? 0, currency, rules)]))

/** The answer in the format of `expected`. */
const answerOf = (vector: Vector, rules: RuleSetName, outcome: Outcome): VectorAnswer => {
  const { decision, events, findings, order, payments } = outcome
  const asked = findings.some(({ kind }) => kind === "order-status-unknown")
  return {
    status: order.status,
    statusChanged: asked || order.status !== vector.input.order.status,
    totals: totalsText(order.totals, decision.figures.currency, rules),
    payments: payments.map((row) => {
      const text = (minor: number) => majorOf(minor, row.currency ?? order.currency, rules)
      return {
        paymentId: row.paymentId,
        orderKey: row.orderKey ?? order.key,
        paymentMethod: row.paymentMethod,
        status: row.status,
        confidenceLevel: row.confidenceLevel,
        amountAllocated: text(row.allocatedMinor),
        amountDebited: text(row.debitedMinor),
        amountRefunded: text(row.refundedMinor),
        amountChargeback: text(row.chargedBackMinor),
        change: changeOf(row.paymentId, events)
      }
    }),
    events: events.flatMap(eventOf),
    logs: logsOf(findings)
  }
}

/** The rule set that repeats a generation. */
export const ruleSetOf = (generation: Vector["generation"]): RuleSetName => `legacy-${generation}`

/** Decides one vector. */
export const answerVector = (vector: Vector, rules: RuleSetName): VectorAnswer =>
  answerOf(vector, rules, reconcile(questionOf(vector, rules)))
