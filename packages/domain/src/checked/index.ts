/**
 * The decision for input that nobody has checked: rows of a database, a form, JSON of another program.
 *
 * Apart from `@docdata/domain`, which trusts its types and does not load `effect`.
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { defaultPolicy } from "../defaultPolicy.ts"
import { type Outcome, reconcile } from "../reconcile.ts"
import { InstantMs, Intent, Order, PaymentRow } from "../schema/Order.ts"
import { Policy } from "../schema/Policy.ts"
import { StatusReport } from "../schema/StatusReport.ts"
import { NotPlain, pathText, plainData } from "./plainData.ts"

/** A question as `reconcile` takes it; `payments` may be absent, and what is left out of the policy is the default. */
const AnyQuestion = Schema.Struct({
  order: Order,
  payments: Schema.optionalKey(Schema.Array(PaymentRow)),
  report: StatusReport,
  nowMs: InstantMs,
  intent: Schema.optionalKey(Intent),
  policy: Schema.optionalKey(
    Schema.Struct({
      rules: Schema.optionalKey(Policy.fields.rules),
      paidWhen: Schema.optionalKey(Policy.fields.paidWhen),
      shipWhen: Schema.optionalKey(Policy.fields.shipWhen),
      marginMinor: Schema.optionalKey(Policy.fields.marginMinor),
      expireAfterDays: Schema.optionalKey(Policy.fields.expireAfterDays),
      legacyIdOrder: Policy.fields.legacyIdOrder
    })
  )
})

/** One violation of the input, without what was found there. */
export interface InputViolation {
  /** `report.payments[0].id`; empty where the whole is meant. */
  readonly path: string
  readonly message: string
}

/** What the input comes to: the answer, or every violation. */
export type CheckedOutcome =
  | { readonly _tag: "Decided"; readonly outcome: Outcome }
  | { readonly _tag: "Refused"; readonly violations: ReadonlyArray<InputViolation> }

const read = Schema.decodeUnknownResult(AnyQuestion, { errors: "all" })
const format = SchemaIssue.makeFormatterStandardSchemaV1()

// The library says what was found as well, which may be anything.
const withoutFound = (message: string): string => message.replace(/, (got|actual)[^]*$/u, "")

const violationsOf = (issue: SchemaIssue.Issue): ReadonlyArray<InputViolation> =>
  format(issue).issues.map(({ message, path = [] }) => ({
    path: pathText(path.map((part) => typeof part === "object" ? part.key : part)),
    message: withoutFound(message)
  }))

/**
 * Checks the input and decides: `{ order, payments, report, nowMs, intent, policy }` as `reconcile` has them, `null` and
 * `undefined` meaning absent. Never throws, for any value of JavaScript. Pure; repeating is safe.
 */
export const decide = (input: unknown): CheckedOutcome => {
  const plain = plainData(input)
  if (plain instanceof NotPlain) {
    return { _tag: "Refused", violations: [{ path: plain.path, message: plain.message }] }
  }
  const decoded = read(plain.data)
  if (Result.isFailure(decoded)) return { _tag: "Refused", violations: violationsOf(decoded.failure.issue) }
  const { payments = [], policy, ...question } = decoded.success
  return { _tag: "Decided", outcome: reconcile({ ...question, payments, policy: { ...defaultPolicy, ...policy } }) }
}
