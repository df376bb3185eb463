/**
 * Whether the goods may leave: a question apart from the status.
 */
import { due as dueOf } from "../Figures.ts"
import { type Finding, hasError } from "../Finding.ts"
import type { Hold } from "../Order.ts"
import type { ClosedBy, Fulfilment } from "../OrderStatus.ts"
import type { Facts } from "./Facts.ts"
import { opensMoney } from "./Facts.ts"
import type { Verdict } from "./findings.ts"

// While only a payment is cancelled the shopper may begin another one: nothing left that would have to be stopped.
const isGivenUp = ({ status }: Verdict, closedBy: ClosedBy | undefined): boolean =>
  (status === "cancelled" && closedBy !== undefined) || status === "expired" || status === "refunded" ||
  status === "charged_back"

/**
 * True if the refunds that are filed and not finished leave nothing of `left`. A part on its way back changes nothing;
 * all of it means that nothing should leave. A refund in another currency than the totals cannot be compared with
 * `left`: then all is on its way back if that is so of every payment by itself.
 */
const isAllGoingBack = ({ readings, figures }: Facts, left: number): boolean => {
  let comparable = 0
  let isConverted = false
  for (const { currency, refunding } of readings) {
    if (currency === figures.currency) comparable += refunding
    else if (refunding > 0) isConverted = true
  }
  if (left <= comparable) return true
  return isConverted &&
    readings.every(({ captured, chargedBack, openRest, refunded, refunding, securedExtra }) =>
      captured + securedExtra + openRest - refunded - chargedBack <= refunding
    )
}

/**
 * `stop` when the order is given up or returned, or a chargeback and the refunds beside it leave less than what is
 * due; `ship` when the order is covered as the policy for shipping asks, nothing holds it and no error stands; else `wait`.
 */
export const fulfilmentOf = (
  facts: Facts,
  verdict: Verdict,
  obstacles: {
    readonly findings: ReadonlyArray<Finding>
    readonly hold: Hold | undefined
    readonly closedBy: ClosedBy | undefined
  }
): Fulfilment => {
  const { chargedBack, refunded, registered, shipCover } = facts.figures
  const due = dueOf(facts.figures)
  const left = shipCover - refunded - chargedBack
  if (isGivenUp(verdict, obstacles.closedBy) || (chargedBack > 0 && left < due)) return "stop"
  if (verdict.status === "cancelled" || obstacles.hold !== undefined || hasError(obstacles.findings)) return "wait"
  if (verdict.rule === "zero-order-paid") return "ship"
  if (registered === 0 || !opensMoney(facts) || shipCover < due || isAllGoingBack(facts, left)) return "wait"
  // Returned in part means delivered in part, or agreed upon: the rest may leave.
  return left >= due || verdict.status === "paid_refunded" ? "ship" : "wait"
}
