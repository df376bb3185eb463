/**
 * The answer of the kernel: which status, by which rule, from which figures.
 */
import type { Comparison, Figures } from "./Figures.ts"
import type { Fulfilment, OrderStatus } from "./OrderStatus.ts"

/** Stable names of the strict rules, in the order in which the table is read. */
export type StrictRuleId =
  | "report-refused"
  | "wrong-currency"
  | "zero-order-paid"
  | "registered-below-gross"
  | "paid-in-full"
  | "paid-partly-returned"
  | "all-returned-charged-back"
  | "all-returned-refunded"
  | "charge-back-word"
  | "lost-promise"
  | "kept-money-state"
  | "cancel-accepted"
  | "expired-as-asked"
  | "kept-closed-state"
  | "money-may-be-held"
  | "expired-unfinished"
  | "attempt-redirected"
  | "attempt-open"
  | "attempt-failed"
  | "attempt-cancelled"
  | "attempt-unknown-word"
  | "no-attempt-unclear-totals"
  | "no-attempt-new"

/** Stable names of the rules of the two legacy sets. */
export type LegacyRuleId =
  | "legacy-report-refused"
  | "legacy-empty-new"
  | "legacy-unclear-closed"
  | "legacy-unclear-intended"
  | "legacy-unclear-new"
  | "legacy-empty-cancelled"
  | "legacy-empty-intended"
  | "legacy-empty-expired"
  | "legacy-totals-paid"
  | "legacy-totals-charged-back"
  | "legacy-totals-refunded"
  | "legacy-totals-returned-in-part"
  | "legacy-totals-negative"
  | "legacy-stay-closed"
  | "legacy-word-new"
  | "legacy-word-in-progress"
  | "legacy-word-pending"
  | "legacy-word-cancelled"
  | "legacy-word-charged-back"
  | "legacy-word-paid"
  | "legacy-word-unknown"

/** Name of the rule that decided. */
export type RuleId = StrictRuleId | LegacyRuleId

/** One decision. It holds all it rests on, so that it can be shown later and recomputed. */
export interface Decision {
  readonly status: OrderStatus
  /** Its row is in `docs/reference/rules.md`. */
  readonly rule: RuleId
  /** Only with `lost-promise`: the rule that decided once the order counted as pending again. */
  readonly afterwards?: RuleId
  /** Totals of the report and what was computed from them; totals are 0 when the strict rules refused the report. */
  readonly figures: Figures
  /** The comparisons of the rule that decided; empty when words decided and not amounts. */
  readonly compared: ReadonlyArray<Comparison>
  /** Whether the goods may leave. The legacy sets leave it as it was. */
  readonly fulfilment: Fulfilment
}
