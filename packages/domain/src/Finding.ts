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

/**
 * Why a report was refused. `total` and `paymentId` name the place, `position` counts payments of the report from 0.
 * Each reason is explained in `docs/reference/findings.md`.
 */
export type ReportViolation =
  | { readonly reason: "negative-total"; readonly total: string }
  | { readonly reason: "amount-out-of-range"; readonly total?: string; readonly paymentId?: string }
  | { readonly reason: "negative-amount"; readonly paymentId: string }
  | { readonly reason: "no-total" }
  | { readonly reason: "payment-id"; readonly position: number }
  | { readonly reason: "contradicting-entries"; readonly paymentId: string }

/** Findings of the strict rules. Amounts in minor units; `currency` is that of the amounts beside it. */
export type StrictFinding =
  | { readonly kind: "report-refused"; readonly because: ReportViolation }
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
  | { readonly kind: "unclaimed-money"; readonly net: number; readonly currency: string }
  | { readonly kind: "returned-more-than-captured"; readonly by: number; readonly currency: string }
  | {
    readonly kind: "lines-above-totals" | "lines-below-totals"
    readonly total: TotalName
    readonly lines: number
    readonly reported: number
    readonly currency: string
  }
  | { readonly kind: "wrong-currency"; readonly currency: string; readonly orderCurrency: string }
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
  | {
    readonly kind: "unknown-refund-status" | "unknown-chargeback-status"
    readonly paymentId: string
    readonly word: string
  }
  | { readonly kind: "duplicate-payment-id"; readonly paymentId: string }
  | { readonly kind: "payment-method-changed"; readonly paymentId: string; readonly from: string; readonly to: string }
  | {
    readonly kind: "capture-due"
    readonly paymentId: string
    readonly uncaptured: number
    readonly currency: string
  }
  | { readonly kind: "stuck-pending"; readonly ageDays: number }
  | { readonly kind: "paid-after-cancelled-payment" }
  | { readonly kind: "rate-drift"; readonly captured: number; readonly registered: number; readonly currency: string }
  | {
    readonly kind: "captured-in-part"
    readonly paymentId: string
    readonly rest: number
    readonly currency: string
    /** Of cards: when the rest lapses at the earliest, milliseconds since 1970-01-01T00:00Z. */
    readonly lapsesAtMs?: number
  }
  | { readonly kind: "total-missing"; readonly total: string }
  | { readonly kind: "text-trimmed"; readonly paymentId: string }

/** Any finding, of the strict rules or of a legacy set. */
export type Finding = StrictFinding | LegacyFinding

/** `error`: no shipping. `warning`: somebody should look. `info`: for the record. */
export type FindingLevel = "error" | "warning" | "info"

const levels: Readonly<Record<Finding["kind"], FindingLevel>> = {
  "report-refused": "error",
  "registered-below-gross": "error",
  "money-vanished": "error",
  "capture-failed": "error",
  "report-without-lines": "error",
  "unclaimed-money": "error",
  "returned-more-than-captured": "error",
  "lines-above-totals": "error",
  "wrong-currency": "error",
  "foreign-payment-id": "error",
  "cancel-not-confirmed": "error",
  "paid-after-close": "error",
  "unclear-totals": "error",
  "negative-sum": "error",
  "unhandled-totals": "error",
  "total-mismatch": "error",
  "legacy-report-refused": "error",
  "registered-above-gross": "warning",
  overpaid: "warning",
  underpaid: "warning",
  "within-margin": "warning",
  "partial-chargeback": "warning",
  voided: "warning",
  "lines-below-totals": "warning",
  "mixed-currencies": "warning",
  "unknown-status-word": "warning",
  "unknown-capture-word": "warning",
  "unknown-refund-status": "warning",
  "unknown-chargeback-status": "warning",
  "duplicate-payment-id": "warning",
  "payment-method-changed": "warning",
  "stuck-pending": "warning",
  "capture-due": "warning",
  "order-status-unknown": "warning",
  "legacy-unknown-status-word": "warning",
  "legacy-payment-method-changed": "warning",
  "paid-after-cancelled-payment": "info",
  "rate-drift": "info",
  "captured-in-part": "info",
  "total-missing": "info",
  "text-trimmed": "info"
}

/** The level of a finding. */
export const levelOf = (finding: Finding): FindingLevel => levels[finding.kind]

/** True if a finding of level error is among them. */
export const hasError = (findings: ReadonlyArray<Finding>): boolean =>
  findings.some((finding) => levelOf(finding) === "error")
