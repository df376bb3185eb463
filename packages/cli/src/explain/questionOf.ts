/**
 * From a report and what is known beside it to the question that the kernel answers.
 */
import {
  defaultPolicy,
  type Order,
  type PaidWhen,
  type Policy,
  type Question,
  type RuleSetName,
  type StatusReport
} from "@docdata/domain"

/** The key of an order whose key is not known. The kernel compares it with stored payments only, and there are none. */
export const unknownOrderKey = ""

/** How to decide, as far as it was said on the command line. */
export interface Requests {
  readonly rules?: RuleSetName
  readonly paidWhen?: PaidWhen
}

/** The default policy with what was requested. */
export const policyOf = ({ paidWhen, rules }: Requests): Policy => ({
  ...defaultPolicy,
  ...(rules === undefined ? {} : { rules }),
  ...(paidWhen === undefined ? {} : { paidWhen: { default: paidWhen, rules: [] } })
})

// Every report seen names the currency of its totals. Without it, that of the payments; the first by letters, so
// that the order of the payments does not matter. An empty report decides the same in any currency.
const currencyOf = ({ payments, totals }: StatusReport): string =>
  totals.exchangedTo ?? payments.map(({ authorization }) => authorization.amount.currency).toSorted()[0] ?? "EUR"

// The order that is assumed when none is given: new, created now, of unknown amount.
const assumedOrder = (report: StatusReport, nowMs: number): Order => ({
  key: unknownOrderKey,
  status: "new",
  fulfilment: "wait",
  createdAtMs: nowMs,
  currency: currencyOf(report)
})

/** What is asked about one report. */
export const questionOf = (
  report: StatusReport,
  { nowMs, order, requests }: { readonly nowMs: number; readonly order?: Order; readonly requests: Requests }
): Question => ({
  order: order ?? assumedOrder(report, nowMs),
  payments: [],
  report,
  nowMs,
  policy: policyOf(requests)
})
