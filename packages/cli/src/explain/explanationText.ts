/**
 * An explanation as a page of text for people.
 */
import {
  Amount,
  comparisonText,
  type Explanation,
  findingCatalogue,
  hasError,
  levelOf,
  otherAnswers,
  type Policy
} from "@docdata/domain"
import { colourOfFulfilment, colourOfLevel, colourOfStatus, makePaint, type Paint } from "../text/Paint.ts"
import { table } from "../text/table.ts"
import { beside, wrap } from "../text/wrap.ts"
import type { Modification, ReportedPayment } from "./ReportedPayment.ts"
import { changesText } from "./changesText.ts"
import { findingDetails } from "./findingText.ts"
import { moneyBar } from "./moneyBar.ts"
import { fulfilmentTexts, statusTexts } from "./statusTexts.ts"

/** What is told about one report. */
export interface Explained {
  readonly explanation: Explanation
  readonly reportedPayments: ReadonlyArray<ReportedPayment>
  readonly policy: Policy
  /** False if the order was assumed, not given. */
  readonly orderGiven: boolean
}

export interface TextOptions {
  readonly columns: number
  readonly colour: boolean
}

interface Page extends TextOptions {
  readonly paint: Paint
}

type Lines = ReadonlyArray<string>

const headline = ({ explanation }: Explained, { columns, paint }: Page): Lines => {
  const { decision, meaning } = explanation
  const [first, ...rest] = wrap(`The order is ${statusTexts[decision.status]}. ${meaning}`, columns)
  const status = statusTexts[decision.status]
  return [
    first!.replace(`The order is ${status}.`, (text) => paint(colourOfStatus[decision.status], paint("bold", text))),
    ...rest
  ]
}

// The fulfilment has a policy of its own, so it can differ from what the status suggests.
const whyGoods = ({ decision, findings, order }: Explanation): string => {
  const { figures, fulfilment } = decision
  if (fulfilment === "wait" && order.hold !== undefined) return ` (the order is on hold: ${order.hold})`
  if (fulfilment === "wait" && hasError(findings)) return " (an error stands, see the findings)"
  if (fulfilment === "stop" || figures.registered <= 0) return ""
  const covered = Amount.toMajor({ minor: figures.shipCover, currency: figures.currency })
  return ` (${covered} of ${Amount.format({ minor: figures.registered, currency: figures.currency })} covered)`
}

const summary = ({ explanation, orderGiven, policy }: Explained, { columns, paint }: Page): Lines => {
  const { compared, figures, fulfilment, rule, status } = explanation.decision
  const because = compared.map((comparison) => comparisonText(comparison, figures))
  const goods = `${paint(colourOfFulfilment[fulfilment], fulfilment)}: ${fulfilmentTexts[fulfilment]}`
  const paidWhen = policy.rules === "strict" ? `, paid when ${policy.paidWhen.default}` : ""
  const assumed = "none given: taken as new, created now, of unknown amount"
  const rows: ReadonlyArray<readonly [label: string, text: string]> = [
    ["status", paint(colourOfStatus[status], status)],
    ["fulfilment", `${goods}${whyGoods(explanation)}`],
    ["rule", `${rule} (${policy.rules} rules${paidWhen})`],
    ...because.map((text, index) => [index === 0 ? "because" : "and", text] as const),
    ...(orderGiven ? [] : [["order", assumed] as const])
  ]
  return rows.flatMap(([label, text]) => beside(`  ${label.padEnd(10)}  `, text, columns))
}

const modificationRows = (
  name: string,
  modifications: ReadonlyArray<Modification>
): ReadonlyArray<ReadonlyArray<string>> =>
  modifications.map(({ amount, status }) => [`    ${name}`, status, Amount.format(amount)])

const reportedPaymentLines = (payment: ReportedPayment): Lines => {
  const { amount, confidenceLevel, id, paymentMethod, status } = payment
  const reversed = payment.reversed === undefined ? [] : [["    reversed", "", Amount.format(payment.reversed)]]
  return [
    `  ${id}  ${paymentMethod}  ${Amount.format(amount)}`,
    `    ${status}${confidenceLevel === "" ? "" : `, ${confidenceLevel}`}`,
    ...table([
      ...modificationRows("capture", payment.captures),
      ...modificationRows("refund", payment.refunds),
      ...modificationRows("chargeback", payment.chargebacks),
      ...reversed
    ])
  ]
}

const payments = ({ reportedPayments }: Explained): Lines =>
  reportedPayments.length === 0
    ? ["Payments", "  none: the shopper has not chosen a method yet"]
    : ["Payments, oldest first", ...reportedPayments.flatMap(reportedPaymentLines)]

const findings = ({ explanation }: Explained, { columns, paint }: Page): Lines => {
  if (explanation.findings.length === 0) return ["Findings", "  none"]
  const indent = " ".repeat(11)
  return [
    "Findings",
    ...explanation.findings.flatMap((finding) => {
      const { action, meaning } = findingCatalogue[finding.kind]
      const level = levelOf(finding)
      const details = findingDetails(finding)
      return [
        `  ${paint(colourOfLevel[level], level.padEnd(7))}  ${finding.kind}`,
        ...(details === "" ? [] : beside(indent, `(${details})`, columns)),
        ...beside(indent, meaning, columns),
        ...beside(`${indent}do: `, action, columns)
      ]
    })
  ]
}

const changes = ({ explanation }: Explained, { columns }: Page): Lines => {
  const { decision: { figures, status }, order, otherwise } = explanation
  return changesText({
    alternatives: otherAnswers(explanation.alternatives, { status, before: order.status }),
    currency: figures.currency,
    ...(otherwise === undefined || otherwise.outcome === status ? {} : { otherwise })
  }, columns)
}

/** The page, lines ended by line feeds. */
export const explanationText = (explained: Explained, options: TextOptions): string => {
  const page: Page = { ...options, paint: makePaint(options.colour) }
  return [
    ...headline(explained, page),
    "",
    ...summary(explained, page),
    "",
    ...moneyBar(explained.explanation.decision),
    "",
    ...payments(explained),
    "",
    ...findings(explained, page),
    ...changes(explained, page),
    ""
  ].join("\n")
}
