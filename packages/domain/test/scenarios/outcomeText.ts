/**
 * An outcome as the words of a scenario row.
 */
import type { Finding } from "../../src/Finding.ts"
import type { Order } from "../../src/Order.ts"
import type { Outcome } from "../../src/reconcile.ts"
import { textIn } from "./words.ts"

const listed = (texts: ReadonlyArray<string>): string => texts.length === 0 ? "-" : texts.join(", ")

// Each finding as its kind and then its values, amounts with the decimals of their currency.
const findingText = (finding: Finding, orderCurrency: string): string => {
  const { kind, ...rest } = finding
  const { currency, ...values } = { currency: undefined, ...rest }
  if (kind === "report-refused") return [kind, ...Object.values(finding.because)].join(" ")
  if (kind === "stuck-pending") return `${kind} ${finding.ageDays}d`
  if (kind === "captured-in-part") {
    const { currency: own, lapsesAtMs, paymentId, rest } = finding
    const lapse = lapsesAtMs === undefined ? [] : ["until", new Date(lapsesAtMs).toISOString().slice(0, 10)]
    return [kind, paymentId, textIn(own, rest), ...(own === orderCurrency ? [] : [own]), ...lapse].join(" ")
  }
  if (kind === "mixed-currencies") return `${kind} ${finding.currencies.join("+")}`
  const texts = Object.values(values).map((value) =>
    typeof value === "number" ? textIn(currency ?? orderCurrency, value) : String(value)
  )
  return [kind, ...texts, ...(currency === undefined || currency === orderCurrency ? [] : [currency])].join(" ")
}

/** `underpaid 40.00, voided 1`, or `-`. */
export const findingsOf = ({ findings }: Outcome, orderCurrency: string): string =>
  listed(findings.map((finding) => findingText(finding, orderCurrency)))

/** `+1 ~2(status,debited) new>paid wait>ship`, or `-`. */
export const eventsOf = ({ events }: Outcome): string => {
  const texts = events.map((event) => {
    switch (event.type) {
      case "payment.added":
        return `+${event.paymentId}`
      case "payment.updated":
        return `~${event.paymentId}(${event.changed.join(",").replaceAll("Minor", "")})`
      case "order.status_changed":
      case "order.fulfilment_changed":
        return `${event.from}>${event.to}`
    }
  })
  return texts.length === 0 ? "-" : texts.join(" ")
}

/** The rule, and after a lost promise the one that decided then: `lost-promise>attempt-cancelled`. */
export const ruleOf = ({ decision: { afterwards, rule } }: Outcome): string =>
  afterwards === undefined ? rule : `${rule}>${afterwards}`

/** What covers the order for its status and for shipping: `60.00 100.00`. */
export const covers = ({ decision: { figures } }: Outcome): string =>
  [figures.paidCover, figures.shipCover].map((minor) => textIn(figures.currency, minor)).join(" ")

/** `covered`, `promise`, `hold:paid-after-close`, or `-`. */
export const keepsOf = ({ closedBy, coveredByCapture, currency, hold, releasedMinor }: Order): string =>
  [
    ...(coveredByCapture === undefined ? [] : [coveredByCapture ? "covered" : "promise"]),
    ...(closedBy === undefined ? [] : [`by:${closedBy}`]),
    ...(hold === undefined ? [] : [`hold:${hold}`]),
    ...(releasedMinor === undefined ? [] : [`released:${textIn(currency, releasedMinor)}`])
  ].join(" ") || "-"

const word = (text: string): string => text === "" || text.includes(" ") ? JSON.stringify(text) : text

/** Rows as they are written in the column `stored`. */
export const rowsOf = ({ order, payments }: Outcome): string =>
  payments.map((row) => {
    const { allocatedMinor, chargedBackMinor, debitedMinor, refundedMinor, reversedMinor } = row
    const amounts = [allocatedMinor, debitedMinor, refundedMinor, chargedBackMinor, reversedMinor]
    const text = amounts.map((minor) => textIn(row.currency ?? order.currency, minor))
    const words = [`#${row.paymentId}`, row.paymentMethod, row.status, row.confidenceLevel].map(word)
    return [...words, ...text, ...(row.orderKey === undefined ? [] : ["of", row.orderKey])].join(" ")
  }).join(" ; ") || "-"
