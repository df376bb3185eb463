/**
 * What the attempts at one order of a shop come to. A shopper who starts over leaves attempts behind, each an order at
 * Docdata of its own: the shop has one order, sells its goods once and is paid once.
 */
import type { Order } from "../Order.ts"
import type { Fulfilment, OrderStatus } from "../OrderStatus.ts"
import { isClosed } from "../OrderStatus.ts"

/** An attempt as its own reports decided it, without regard to the others. */
export interface Attempt {
  readonly id: string
  readonly createdAtMs: number
  readonly status: OrderStatus
  readonly fulfilment: Fulfilment
  /** When it was covered first; absent if it never was. */
  readonly coveredAtMs?: number
  /** What it keeps of the shopper's money, in minor units of `currency`: captured, less what went back. */
  readonly keptMinor: number
  readonly currency: string
}

/** A covered attempt beside another one: what it keeps is to be given back. */
export interface PaidTwice {
  readonly kind: "paid-twice"
  readonly attempt: string
  readonly keptMinor: number
  readonly currency: string
}

/** The shop's order. */
export interface ShopOrder {
  /** Those of the leading attempt. */
  readonly status: OrderStatus
  readonly fulfilment: Fulfilment
  /** Id of the attempt that speaks for the order. */
  readonly leadingAttempt: string
  /** One for each other attempt that is covered too, the earliest first. Their own goods wait. */
  readonly findings: ReadonlyArray<PaidTwice>
}

/** True while an attempt has what its goods or its status ask for. */
export const isCovered = ({ fulfilment, status }: Pick<Attempt, "fulfilment" | "status">): boolean =>
  status === "paid" || status === "paid_refunded" || fulfilment === "ship"

type Before = (a: Attempt, b: Attempt) => number

const byId: Before = (a, b) => a.id < b.id ? -1 : a.id > b.id ? 1 : 0
// One that was covered before the time was kept is older than any of which it is known.
const coveredFirst: Before = (a, b) =>
  (a.coveredAtMs ?? 0) - (b.coveredAtMs ?? 0) || a.createdAtMs - b.createdAtMs || byId(a, b)
const newestFirst: Before = (a, b) => b.createdAtMs - a.createdAtMs || byId(b, a)

/**
 * Decides by the attempt that is covered, among several by the one that was covered first; without one by the newest that
 * is not closed, else by the newest. So an attempt that closes beside a covered one changes nothing, and at most one
 * attempt ships. The order of the list means nothing; `undefined` for an empty one.
 */
export const decideShopOrder = (attempts: ReadonlyArray<Attempt>): ShopOrder | undefined => {
  const covered = attempts.filter(isCovered).toSorted(coveredFirst)
  const newest = attempts.toSorted(newestFirst)
  const leading = covered[0] ?? newest.find(({ status }) => !isClosed(status)) ?? newest[0]
  if (leading === undefined) return undefined
  const { fulfilment, id, status } = leading
  const findings = covered.slice(1).map((one): PaidTwice => ({
    kind: "paid-twice",
    attempt: one.id,
    keptMinor: one.keptMinor,
    currency: one.currency
  }))
  return { status, fulfilment, leadingAttempt: id, findings }
}

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
