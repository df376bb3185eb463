/**
 * One line of `docdata reconcile --jsonl`, in and out.
 */
import type { Question } from "@docdata/domain"
import { Intent, Order, Outcome, PaymentRow, Policy, StatusReport } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"

/** What is read: an order, its stored payments, a report; the rest has defaults. */
export const ReconcileInput = Schema.Struct({
  order: Order,
  payments: Schema.Array(PaymentRow),
  report: StatusReport,
  intent: Schema.optionalKey(Intent),
  nowMs: Schema.optionalKey(Schema.Int),
  /** Whatever is named replaces that part of the policy. */
  policy: Schema.optionalKey(Policy.mapFields(Struct.map(Schema.optionalKey)))
}).annotate({ identifier: "ReconcileInput" })

/** What is printed: the order and its payments after the report, the decision, findings and events. */
export const ReconcileOutput = Outcome

/** The question of one line. */
export const toQuestion = (
  { intent, nowMs, order, payments, policy, report }: typeof ReconcileInput.Type,
  defaults: Pick<Question, "policy" | "nowMs">
): Question => ({
  order,
  payments,
  report,
  nowMs: nowMs ?? defaults.nowMs,
  policy: { ...defaults.policy, ...policy },
  ...(intent === undefined ? {} : { intent })
})
