/**
 * An order at Docdata as one of the attempts at an order of the shop.
 */
import type { Order } from "../Order.ts"
import { isClosed } from "../OrderStatus.ts"
import { type Attempt, decideShopOrder, isCovered } from "./decideShopOrder.ts"

/** What an order keeps of the shopper's money, in minor units of its currency: captured, less what went back. */
const keptOf = ({ totals }: Order): number =>
  totals === undefined ? 0 : Math.max(0, totals.captured - totals.refunded - totals.chargedBack)

/**
 * The attempt that an order is, as its own reports decided it. `coveredAtMs` is since when it is covered, if that is known;
 * it is left out of one that is not.
 */
export const attemptOf = (
  { id, state }: { readonly id: string; readonly state: Order },
  coveredAtMs?: number
): Attempt => {
  const { createdAtMs, currency, fulfilment, status } = state
  const covered = coveredAtMs !== undefined && isCovered(state) ? { coveredAtMs } : {}
  return { id, createdAtMs, status, fulfilment, ...covered, keptMinor: keptOf(state), currency }
}

/** True if nothing that the shop's order depends on differs. */
export const isSameAttempt = (a: Attempt, b: Attempt): boolean =>
  a.status === b.status && a.fulfilment === b.fulfilment && a.keptMinor === b.keptMinor

const isOver = (attempt: Attempt): boolean => isClosed(attempt.status) && !isCovered(attempt) && attempt.keptMinor === 0

/**
 * The attempts with this one, as it is now. Attempts that are over and do not lead are left out: they decide nothing, and a
 * shopper may have begun often.
 */
export const withAttempt = (attempts: ReadonlyArray<Attempt>, attempt: Attempt): ReadonlyArray<Attempt> => {
  const all = [...attempts.filter(({ id }) => id !== attempt.id), attempt]
  const leading = decideShopOrder(all)?.leadingAttempt
  return all.filter((one) => one.id === leading || !isOver(one))
}

/** An order as it would be alone: the hold for being paid twice is the doing of another attempt. */
export const withoutPaidTwice = (order: Order): Order => {
  if (order.hold !== "paid-twice") return order
  const { hold: _, ...free } = order
  return free
}

/** An order beside the attempt that was covered first: its goods wait, and a hold says why. */
export const waitBeside = (order: Order): Order => ({
  ...order,
  fulfilment: order.fulfilment === "ship" ? "wait" : order.fulfilment,
  hold: order.hold ?? "paid-twice"
})
