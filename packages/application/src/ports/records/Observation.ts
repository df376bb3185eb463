/**
 * What one refresh of an order saw: what Docdata said, when, and what was made of it. Kept for ever, never changed.
 */
import type { Decision, Finding, Intent, Policy, StatusReport } from "@docdata/domain"

/** Who looked. */
export type ObservedBy =
  | "notification"
  | "return"
  | "schedule"
  | "operator"
  | "create"
  | "start"
  | "proceed"
  | "cancel"
  | "capture"
  | "refund"
  | "expire"
  | "import"

/** The redacted texts of the exchange that brought the report. See `Exchange`. */
interface ObservedExchange {
  readonly requestText: string
  readonly replyText?: string
}

/** A refresh that is about to be stored with the change it led to. */
export interface NewObservation {
  readonly observedBy: ObservedBy
  /** When the request began and when the answer was complete. The report is as old as the beginning. */
  readonly askedAtMs: number
  readonly answeredAtMs: number
  readonly report: StatusReport
  readonly intent?: Intent
  /** The policy's rule set that decided. */
  readonly rules: string
  /** The policy that decided. Observations of earlier versions have none. */
  readonly policy?: Policy
  readonly decision: Decision
  readonly findings: ReadonlyArray<Finding>
  readonly exchange?: ObservedExchange
}

/** A stored refresh. `revision` is the order's revision that it led to. */
export interface Observation extends NewObservation {
  readonly orderId: string
  readonly revision: number
}
