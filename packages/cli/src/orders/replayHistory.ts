/**
 * What would have become of an order under other rules: every refresh of it decided again, from the first one on.
 */
import type { Observation, StoredOrder } from "@docdata/application"
import { type Order, type Outcome, type PaymentRow, type Policy, reconcile } from "@docdata/domain"

/** The outcome of the last refresh; none if nobody looked. `observations` are oldest first. Pure. */
export const replayHistory = (
  { createdAtMs, currency, grossMinor, state: { key } }: StoredOrder,
  observations: ReadonlyArray<Observation>,
  policy: Policy
): Outcome | undefined => {
  let order: Order = { key, status: "new", fulfilment: "wait", createdAtMs, currency, grossMinor }
  let payments: ReadonlyArray<PaymentRow> = []
  let outcome: Outcome | undefined
  for (const { answeredAtMs, intent, report } of observations) {
    outcome = reconcile({
      order,
      payments,
      report,
      nowMs: answeredAtMs,
      policy,
      ...(intent === undefined ? {} : { intent })
    })
    order = outcome.order
    payments = outcome.payments
  }
  return outcome
}
