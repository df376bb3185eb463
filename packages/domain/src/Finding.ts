/**
 * What a report gave cause to remark on: typed data, never a log line.
 *
 * An error forbids shipping until the next report or an operator clears it. A finding that compares with
 * stored rows never decides anything.
 */
import type { LegacyFinding } from "./legacy/LegacyFinding.ts"
import type { OrderStatus } from "./OrderStatus.ts"

/** Which figure of the report the lines disagree with. */
export type TotalName = "captured" | "refunded" | "chargedBack"

/** Why a report was refused. `total` and `paymentId` name the place. */
export type Refusal =
  | { readonly reason: "negative-total"; readonly total: string }
  | { readonly reason: "amount-out-of-range"; readonly total?: string; readonly paymentId?: string }
  | { readonly reason: "no-total" }
  | { readonly reason: "payment-id"; readonly position: number }
  | { readonly reason: "contradicting-entries"; readonly paymentId: string }

/** Findings of the strict rules. Amounts in minor units; `currency` is that of the amounts beside it. */
export type StrictFinding =
  | { readonly kind: "report-refused"; readonly because: Refusal }
  | {
    readonly kind: "registered-below-gross" | "registered-above-gross"
    readonly registered: number
    readonly gross: number
    readonly currency: string
  }
  | {
    readonly kind: "money-vanished"
    readonly captured: number
    readonly registered: number
    readonly currency: string
  }
  | { readonly kind: "capture-failed"; readonly paymentId: string }
  | { readonly kind: "report-without-lines" }
  | { readonly kind: "returned-more-than-captured"; readonly by: number; readonly currency: string }
  | {
    readonly kind: "lines-above-totals" | "lines-below-totals"
    readonly total: TotalName
    readonly lines: number
    readonly reported: number
    readonly currency: string
  }
  | { readonly kind: "foreign-payment-id"; readonly paymentId: string; readonly orderKey: string }
  | { readonly kind: "cancel-not-confirmed"; readonly cancelResult?: string }
  | { readonly kind: "paid-after-close"; readonly from: OrderStatus }
  | { readonly kind: "overpaid"; readonly by: number; readonly currency: string }
  | { readonly kind: "underpaid"; readonly outstanding: number; readonly currency: string }
  | { readonly kind: "within-margin"; readonly short: number; readonly currency: string }
  | { readonly kind: "partial-chargeback"; readonly chargedBack: number; readonly currency: string }
  | { readonly kind: "voided"; readonly paymentId: string }
  | { readonly kind: "mixed-currencies"; readonly currencies: ReadonlyArray<string> }
  | { readonly kind: "unknown-status-word"; readonly paymentId: string; readonly word: string }
  | { readonly kind: "unknown-capture-word"; readonly paymentId: string; readonly word: string }
  | { readonly kind: "duplicate-payment-id"; readonly paymentId: string }
  | { readonly kind: "payment-method-changed"; readonly paymentId: string; readonly from: string; readonly to: string }
  | { readonly kind: "stuck-pending"; readonly ageDays: number }
  | { readonly kind: "total-missing"; readonly total: string }
  | { readonly kind: "text-trimmed"; readonly paymentId: string }

/** Any finding, of the strict rules or of a legacy set. */
export type Finding = StrictFinding | LegacyFinding

/** `error`: no shipping. `warning`: somebody should look. `info`: for the record. */
export type FindingLevel = "error" | "warning" | "info"

/** One entry of the catalogue. */
export interface FindingEntry {
  readonly level: FindingLevel
  readonly meaning: string
  /** What an operator should do. */
  readonly action: string
}

/** Meaning and advice for every kind of finding. */
export const findingCatalogue: Readonly<Record<Finding["kind"], FindingEntry>> = {
  "report-refused": {
    level: "error",
    meaning: "The report contradicts itself or holds impossible amounts; nothing was taken from it.",
    action: "Ask for the status again; if it stays, send the stored report to the provider."
  },
  "registered-below-gross": {
    level: "error",
    meaning: "The provider registered less than the order costs, so paying it does not pay the order.",
    action: "Compare the created amount with the order; cancel and create the order again."
  },
  "money-vanished": {
    level: "error",
    meaning: "The order was paid, and the report no longer shows the money.",
    action: "Do not ship. Ask for the status again and look the payment up in the provider's back office."
  },
  "capture-failed": {
    level: "error",
    meaning: "An authorised amount could not be captured and nothing else covers the order.",
    action: "Capture again, or ask the shopper to pay again."
  },
  "report-without-lines": {
    level: "error",
    meaning: "The totals show money, but the report lists no payment.",
    action: "Ask for the status again; if it stays, ask the provider which payment the totals speak of."
  },
  "returned-more-than-captured": {
    level: "error",
    meaning: "Refunds and chargebacks together exceed what was captured.",
    action: "Check for a refund of an amount that the bank took back as well."
  },
  "lines-above-totals": {
    level: "error",
    meaning: "The payments add up to more than the totals say.",
    action: "Ask for the status again; trust neither figure for the books until they agree."
  },
  "foreign-payment-id": {
    level: "error",
    meaning: "A payment of this report is stored under another order; it was neither counted nor written.",
    action: "Find out which order the payment belongs to before shipping either."
  },
  "cancel-not-confirmed": {
    level: "error",
    meaning: "A cancel was asked, and the order is not cancelled.",
    action: "Read the payments: cancel again, or refund what was captured."
  },
  "paid-after-close": {
    level: "error",
    meaning: "Money arrived after the order was cancelled or expired.",
    action: "Decide: deliver after all, or refund. Then clear the hold."
  },
  "registered-above-gross": {
    level: "warning",
    meaning: "The provider registered more than the order costs.",
    action: "Compare the created amount with the order; refund the difference once paid."
  },
  overpaid: {
    level: "warning",
    meaning: "More is kept than was registered, often a second payment.",
    action: "Refund the surplus."
  },
  underpaid: {
    level: "warning",
    meaning: "Something was paid, but not enough.",
    action: "Ask the shopper for the outstanding amount, or refund."
  },
  "within-margin": {
    level: "warning",
    meaning: "The order counts as covered although converted amounts fall short within the margin.",
    action: "Nothing, unless it happens often: then check the margin of the currency."
  },
  "partial-chargeback": {
    level: "warning",
    meaning: "The bank took a part of the money back.",
    action: "Answer the chargeback; call the goods back if it is not answered."
  },
  voided: {
    level: "warning",
    meaning: "An authorisation was given up before capture; it keeps the word AUTHORIZED.",
    action: "Nothing, unless the order was meant to be delivered."
  },
  "lines-below-totals": {
    level: "warning",
    meaning: "The payments add up to less than the totals say.",
    action: "Nothing; tell the provider if it stays."
  },
  "mixed-currencies": {
    level: "warning",
    meaning: "Payments are in several currencies, so the totals are converted and approximate.",
    action: "Book from the payments, never from the totals."
  },
  "unknown-status-word": {
    level: "warning",
    meaning: "An attempt has a status word nobody knows.",
    action: "Look for a newer release of this package; tell its maintainers the word."
  },
  "unknown-capture-word": {
    level: "warning",
    meaning: "A capture or confidence word is new; the authorised amount of that payment does not count.",
    action: "Look for a newer release of this package; tell its maintainers the word."
  },
  "duplicate-payment-id": {
    level: "warning",
    meaning: "The same payment is listed twice with the same contents; it counts once.",
    action: "Nothing."
  },
  "payment-method-changed": {
    level: "warning",
    meaning: "A payment that is stored with one method is reported with another.",
    action: "Nothing, unless fees depend on the method."
  },
  "stuck-pending": {
    level: "warning",
    meaning: "The order is pending for longer than an order may stay unfinished.",
    action: "Look at the payments: capture, cancel, or wait for the bank."
  },
  "total-missing": {
    level: "info",
    meaning: "A total was absent and counts as 0.",
    action: "Nothing; older versions leave totals out."
  },
  "text-trimmed": {
    level: "info",
    meaning: "Words of a payment held blanks, line breaks or too many characters and were cut.",
    action: "Nothing."
  },
  "order-status-unknown": {
    level: "warning",
    meaning: "Legacy rules: the caller asked for a status that does not exist.",
    action: "Correct the caller."
  },
  "unclear-totals": {
    level: "error",
    meaning: "Legacy rules: the totals show money, but the report lists no payment.",
    action: "Ask for the status again."
  },
  "negative-sum": {
    level: "error",
    meaning: "Legacy rules: captured less refunded and charged back does not fit any status.",
    action: "Read the payments."
  },
  "unhandled-totals": {
    level: "error",
    meaning: "Legacy rules: the totals fit no status of that generation.",
    action: "Read the payments."
  },
  "total-mismatch": {
    level: "error",
    meaning: "Legacy rules: the registered amount is not what the order costs.",
    action: "Compare the created amount with the order."
  },
  "legacy-unknown-status-word": {
    level: "warning",
    meaning: "Legacy rules: an attempt changed to a status word that generation does not document.",
    action: "Nothing."
  },
  "legacy-payment-method-changed": {
    level: "warning",
    meaning: "Legacy rules: a stored payment is reported with another method.",
    action: "Nothing."
  },
  "legacy-report-refused": {
    level: "error",
    meaning: "Legacy rules: the report lacks what that generation could not do without.",
    action: "Decide this order with the strict rules."
  }
}

/** The level of a finding. */
export const levelOf = (finding: Finding): FindingLevel => findingCatalogue[finding.kind].level

/** True if a finding of level error is among them. */
export const hasError = (findings: ReadonlyArray<Finding>): boolean =>
  findings.some((finding) => levelOf(finding) === "error")
