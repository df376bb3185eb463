/**
 * What the specification makes of a reading: status, hold, errors, fulfilment. Written from section 5 of the
 * recommended decision and the guards of the kernel, in their order; it shares nothing with `src` but types.
 */
import type { Intent } from "../../src/Intent.ts"
import type { Hold, Order } from "../../src/Order.ts"
import type { ClosedBy, Fulfilment, OrderStatus } from "../../src/OrderStatus.ts"
import type { Reading } from "./reading.ts"

const moneyStates: ReadonlySet<OrderStatus> = new Set(["paid", "paid_refunded", "refunded", "charged_back"])

/** Paid, paid with a part returned, refunded, charged back. */
export const isMoney = (status: OrderStatus): boolean => moneyStates.has(status)

/** Cancelled or expired. */
export const isClosed = (status: OrderStatus): boolean => status === "cancelled" || status === "expired"

/** Paid, in full or with a part returned. */
export const isPaid = (status: OrderStatus): boolean => status === "paid" || status === "paid_refunded"

/** Who closed the order, if it is closed: a cancelled payment would be in the report, so without any it was the shop. */
export const closedBy = (order: Order, { lines }: Pick<Reading, "lines">): ClosedBy | undefined => {
  if (order.closedBy !== undefined) return order.closedBy
  if (order.status === "expired") return "expiry"
  return order.status === "cancelled" && lines.length === 0 ? "shop" : undefined
}

/** Given up, or all of the money given back. */
export const isOver = (status: OrderStatus): boolean =>
  isClosed(status) || status === "refunded" || status === "charged_back"

/** A promise that is gone: never captured, and what may still come is not enough. */
const isLostPromise = (reading: Reading, order: Order): boolean =>
  order.coveredByCapture === false && reading.promiseGone

/** A part was paid, all of it is back, and nothing more may come. Where captured money once covered, some is missing. */
const isPartReturned = (reading: Reading, order: Order): boolean =>
  reading.opens && reading.R > 0 && reading.C > 0 && keptOf(reading) <= 0 && !reading.moneyMayCome &&
  !(isPaid(order.status) && order.coveredByCapture !== false)

/** The three kinds of money evidence, without which a money state stays. */
export const hasMoneyEvidence = (reading: Reading, order: Order): boolean =>
  reading.zeroOrder || reading.covered || reading.chargeBackReported || isPartReturned(reading, order) ||
  isLostPromise(reading, order)

/** The cancel results that confirm. */
const isConfirmed = (intent: Intent | undefined): boolean =>
  intent?.wanted === "cancelled" &&
  (intent.cancelResult === undefined || ["SUCCESS", "NO_PAYMENTS", "ALREADY_CANCELED"].includes(intent.cancelResult))

/** Everything a decision depends on besides the reading. */
export interface State {
  readonly order: Order
  readonly intent: Intent | undefined
  /** Older than the days an order may take. */
  readonly tooOld: boolean
}

/** What is left of the cover after returns; roundings are nothing. */
export const keptOf = ({ F, K, onlyRoundings, paidCover }: Reading): number => onlyRoundings ? 0 : paidCover - F - K

/** What the merchant has; roundings are nothing. */
export const netOf = ({ C, F, K, onlyRoundings }: Reading): number => onlyRoundings ? 0 : C - F - K

const fromMoney = (reading: Reading, prior: OrderStatus): OrderStatus => {
  const { F, K, R, gross, released } = reading
  const kept = keptOf(reading)
  if (kept <= 0 && F + K > 0) return K > 0 ? "charged_back" : "refunded"
  if (gross !== undefined && R < gross) return isMoney(prior) ? prior : "unknown"
  return F + K === 0 || kept >= R - released ? "paid" : "paid_refunded"
}

const byAttempts = (reading: Reading, tooOld: boolean): OrderStatus => {
  if (reading.authorised || reading.mayHold) return "pending"
  switch (reading.newest) {
    case "cancelled":
      return "cancelled"
    case "unknown":
      return "unknown"
    case "held":
    case "charged-back":
    case "in_progress":
    case "new":
    case "failed":
    case undefined: {
      if (tooOld && reading.untouched) return "expired"
      return reading.newest === "in_progress" ? "in_progress" : "new"
    }
  }
}

/** A closed order that the report gives no cause to open again. */
const staysClosed = (reading: Reading, order: Order): boolean => {
  if (!isClosed(order.status) || reading.authorised) return false
  if (reading.C === 0) return reading.newest !== "cancelled" || reading.mayHold
  return !reading.mayHold && reading.newest !== "cancelled" && reading.newest !== "unknown"
}

/** The status after the report. */
export const expectedStatus = (reading: Reading, { intent, order, tooOld }: State): OrderStatus => {
  if (reading.wrongCurrency && !staysClosed(reading, order)) return isMoney(order.status) ? order.status : "unknown"
  if (reading.zeroOrder) return "paid"
  if (reading.covered) return fromMoney(reading, order.status)
  if (isPartReturned(reading, order)) return reading.K > 0 ? "charged_back" : "refunded"
  if (reading.chargeBackReported) return "charged_back"
  if (isMoney(order.status) && !isLostPromise(reading, order)) return order.status
  const prior = isMoney(order.status) ? "pending" : order.status
  if (isConfirmed(intent)) {
    const nothingThere = !reading.authorised && reading.C === 0 && !reading.cancelRefused
    if (reading.newest === undefined || nothingThere) return "cancelled"
  }
  const asked = intent?.wanted === "expired" && reading.newest === undefined && reading.untouched
  if (asked && prior !== "cancelled") return "expired"
  const status = byAttempts(reading, tooOld)
  if (!isClosed(prior)) return status
  // Never back to "the shopper may try again", and elsewhere only for money; expired may become cancelled.
  if (status === "new" || status === "in_progress" || status === "expired") return prior
  return reading.authorised || reading.C > 0 || status === "cancelled" ? status : prior
}

/** True if the answer to the cancel ends the order in this status. */
const isEnded = (status: OrderStatus, intent: Intent | undefined): boolean =>
  isConfirmed(intent) ? isOver(status) : isClosed(status)

/** The hold after the report. */
export const expectedHold = (reading: Reading, status: OrderStatus, { intent, order }: State): Hold | undefined => {
  if (status === "cancelled") return undefined
  if (order.hold !== undefined) return order.hold
  if (intent?.wanted === "cancelled" && !isEnded(status, intent)) return "cancel-not-confirmed"
  return isClosed(order.status) && closedBy(order, reading) !== undefined && !isClosed(status)
    ? "paid-after-close"
    : undefined
}

/** Who has closed the order after the report. */
export const expectedClosedBy = (
  reading: Reading,
  status: OrderStatus,
  { intent, order, tooOld }: State
): ClosedBy | undefined => {
  if (status === "expired") return closedBy(order, reading) ?? "expiry"
  if (status === "cancelled" && order.hold === "cancel-not-confirmed") return "shop"
  if (isConfirmed(intent) && isOver(status)) return "shop"
  const expires = status === "cancelled" && tooOld && reading.untouched
  return closedBy(order, reading) ?? (expires ? "expiry" : undefined)
}

/** The order after a report that was refused: the goods wait, and a cancel that was asked for is not confirmed. */
export const orderWhileRefused = ({ intent, order }: Pick<State, "order"> & { readonly intent?: Intent }): Order => {
  const isHeld = intent?.wanted === "cancelled" && !isClosed(order.status) && !isEnded(order.status, intent) &&
    order.hold === undefined
  const fulfilment = order.fulfilment === "ship" ? "wait" : order.fulfilment
  return { ...order, fulfilment, ...(isHeld && { hold: "cancel-not-confirmed" }) }
}

/** `coveredByCapture` after the report. */
export const expectedCoveredByCapture = (
  reading: Reading,
  status: OrderStatus,
  order: Order
): boolean | undefined => {
  if (!isPaid(status)) return order.coveredByCapture
  if (reading.zeroOrder || reading.drifted || (reading.R > 0 && reading.C >= reading.due)) return true
  return isMoney(order.status) ? order.coveredByCapture : false
}

/** True if a money state is kept, or captured money that once covered the order no longer does. */
export const moneyVanished = (reading: Reading, status: OrderStatus, order: Order): boolean => {
  if (!isMoney(order.status) || reading.wrongCurrency) return false
  if (!hasMoneyEvidence(reading, order)) return true
  return order.coveredByCapture !== false && (isPaid(order.status) || isPaid(status)) &&
    reading.C < reading.due && !reading.drifted
}

/** True if money is captured, there are attempts, and none of them stands behind it. */
export const isUnclaimed = (reading: Reading, status: OrderStatus): boolean =>
  netOf(reading) > 0 && reading.lines.length > 0 && !reading.authorised && !reading.mayHold &&
  !isMoney(status)

/** True if a finding of level error is due. */
export const expectsError = (reading: Reading, status: OrderStatus, { intent, order }: State): boolean => {
  const { R, covered, foreign, gross, lines, linesAbove, untouched } = reading
  return foreign > 0 || netOf(reading) < 0 || linesAbove || reading.wrongCurrency ||
    (gross !== undefined && R < gross && (lines.length > 0 || R > 0)) ||
    (lines.length === 0 && !untouched) ||
    isUnclaimed(reading, status) ||
    moneyVanished(reading, status, order) ||
    (!covered && lines.some(({ failed }) => failed)) ||
    (intent?.wanted === "cancelled" && !(isConfirmed(intent) && isOver(status))) ||
    (isClosed(order.status) && closedBy(order, reading) !== undefined && !isClosed(status))
}

/** True if less than is due is left, and a charge-back has a part in that. */
export const chargeBackBites = ({ F, K, due, shipCover }: Reading): boolean => K > 0 && shipCover - F - K < due

/** True if every line alone is given back entirely by refunds under way, at least one of them in another currency. */
const isEmptied = ({ currency, lines }: Reading): boolean =>
  lines.some((line) => line.currency !== currency && line.refunding > 0) &&
  !lines.some((line) =>
    line.captured + line.securedExtra + line.openRest > line.refunded + line.chargedBack + line.refunding
  )

/** Whether the goods may leave after the report. */
export const expectedFulfilment = (reading: Reading, status: OrderStatus, state: State): Fulfilment => {
  const { F, K, R, currency, due, lines, opens, shipCover } = reading
  const isGivenUp = isOver(status) &&
    !(status === "cancelled" && expectedClosedBy(reading, status, state) === undefined)
  if (isGivenUp || chargeBackBites(reading)) return "stop"
  if (status === "cancelled") return "wait"
  const left = shipCover - F - K
  const leaving = lines.reduce((sum, line) => line.currency === currency ? sum + line.refunding : sum, 0)
  const backed = opens && R > 0 && shipCover >= due && left > leaving && !isEmptied(reading)
  const covered = reading.zeroOrder || (backed && (left >= due || status === "paid_refunded"))
  const held = expectedHold(reading, status, state) !== undefined || expectsError(reading, status, state)
  return covered && !held ? "ship" : "wait"
}
