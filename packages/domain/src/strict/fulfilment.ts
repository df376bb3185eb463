/**
 * Whether the goods may leave: a question apart from the status.
 */
import { type Finding, hasError } from "../Finding.ts"
import type { Hold } from "../Order.ts"
import type { Fulfilment } from "../OrderStatus.ts"
import type { Facts } from "./Facts.ts"
import { opensMoney } from "./Facts.ts"
import type { Verdict } from "./findings.ts"

const isGivenUp = ({ status }: Verdict): boolean =>
  status === "cancelled" || status === "expired" || status === "refunded" || status === "charged_back"

// Filed and not finished. A part on its way back changes nothing; all of it means that nothing should leave.
const refundsUnderWay = ({ attempts, figures }: Facts): number => {
  let sum = 0
  for (const { currency, refunding } of attempts) if (currency === figures.currency) sum += refunding
  return sum
}

/**
 * `stop` when the order is given up or returned, or a chargeback leaves less than what is due; `ship` when
 * the order is covered as the policy for shipping asks, nothing holds it and no error stands; else `wait`.
 */
export const fulfilmentOf = (
  facts: Facts,
  verdict: Verdict,
  obstacles: { readonly findings: ReadonlyArray<Finding>; readonly hold: Hold | undefined }
): Fulfilment => {
  const { chargedBack, margin, refunded, registered, shipCover } = facts.figures
  const due = registered - margin
  const left = shipCover - refunded - chargedBack
  if (isGivenUp(verdict) || (chargedBack > 0 && shipCover - chargedBack < due)) return "stop"
  if (obstacles.hold !== undefined || hasError(obstacles.findings)) return "wait"
  if (verdict.rule === "zero-order-paid") return "ship"
  if (registered === 0 || !opensMoney(facts) || shipCover < due || left <= refundsUnderWay(facts)) return "wait"
  // Returned in part means delivered in part, or agreed upon: the rest may leave.
  return left >= due || verdict.status === "paid_refunded" ? "ship" : "wait"
}
