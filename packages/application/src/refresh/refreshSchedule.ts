/**
 * When an order is refreshed again although nobody said that anything changed.
 *
 * Notifications get lost. While the shopper waits, a lost one must not be noticed; later it may take minutes,
 * then an hour. Nothing is given up before the order can no longer bring money, and money that arrives after a
 * cancellation or an expiry is found all the same.
 */
import { closedByOf, type Order } from "@docdata/domain"

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** The shopper sits in front of the screen: a lost notification is made up for within a minute, jitter included. */
const waitingForMs = 30 * minute
const whileWaitingMs = 45 * second
const firstDayMs = 4 * minute
const afterwardsMs = 50 * minute

/** A refresh that is planned for an age below this was planned while the shopper waited. */
export const waitingRefreshesMs = waitingForMs + whileWaitingMs

/** A refresh that is planned for an age below this was planned in the first day. */
export const firstDayRefreshesMs = day + firstDayMs

/**
 * A bank transfer may be days under way when the order expires, and a cancelled order can still be paid on a page
 * that was left open.
 */
export const graceMs = 14 * day
const lateMoneyMs = 6 * hour

/** Refunds, chargebacks and reversals of a paid order; card schemes allow chargebacks for about 120 days. */
const afterPaymentMs = 120 * day
const paidMs = 24 * hour

/** A capture or refund of which nothing is proven yet: the shop waits for it, and no status may change meanwhile. */
const moneyOnItsWayMs = hour

/** Random times between 90 % and 100 % of the plan, so that orders of one rush do not come back as one. */
const jitterShare = 0.1

const unfinishedAfter = (ageMs: number): number => {
  if (ageMs < waitingForMs) return whileWaitingMs
  return ageMs < day ? firstDayMs : afterwardsMs
}

const plan = (
  state: Pick<Order, "closedBy" | "status">,
  ageMs: number,
  expireAfterMs: number
): number | undefined => {
  const givenUpAfterMs = expireAfterMs + graceMs
  switch (state.status) {
    case "new":
    case "in_progress":
    case "pending":
    case "unknown":
      // An order that is still pending when its days are over gets its last looks like a closed one.
      return ageMs < expireAfterMs ? unfinishedAfter(ageMs) : ageMs < givenUpAfterMs ? lateMoneyMs : paidMs
    case "cancelled":
    case "expired":
      // The shopper who cancelled a payment may be paying by another one.
      if (closedByOf(state) === undefined && ageMs < expireAfterMs) return unfinishedAfter(ageMs)
      return ageMs < givenUpAfterMs ? lateMoneyMs : undefined
    case "paid":
    case "paid_refunded":
      return ageMs < afterPaymentMs ? paidMs : undefined
    case "refunded":
    case "charged_back":
      return ageMs < afterPaymentMs ? 7 * day : undefined
  }
}

/** What the schedule asks. */
export interface RefreshQuestion {
  readonly state: Pick<Order, "closedBy" | "status" | "createdAtMs">
  readonly nowMs: number
  readonly expireAfterDays: number
  /** A capture or refund was asked for and is not proven yet. */
  readonly moneyOnItsWay?: boolean
  /** From the random service, 0 to 1. */
  readonly random: number
}

/**
 * The instant of the next refresh, or `undefined` when nothing is expected any more. Pure.
 *
 * A status that can still change by itself is refreshed until its own days are over and the grace after them; one
 * that is still pending then is refreshed daily for ever, because somebody's money is in it.
 */
export const nextRefreshAt = (question: RefreshQuestion): number | undefined => {
  const { expireAfterDays, moneyOnItsWay = false, nowMs, random, state } = question
  const ageMs = nowMs - state.createdAtMs
  const byStatusMs = plan(state, ageMs, expireAfterDays * day)
  // What is under way for months is seen daily like everything else, or never.
  const hurries = moneyOnItsWay && ageMs < afterPaymentMs
  const delayMs = hurries ? Math.min(byStatusMs ?? moneyOnItsWayMs, moneyOnItsWayMs) : byStatusMs
  return delayMs === undefined ? undefined : Math.round(nowMs + delayMs * (1 - jitterShare * random))
}

/**
 * The first of what is planned. A refresh does not put off one that was promised: something was asked of Docdata, and its
 * answer is waited for.
 */
export const nextRefreshOf = (
  { nextRefreshAtMs }: { readonly nextRefreshAtMs?: number },
  planned: ReadonlyArray<number | undefined>,
  nowMs: number
): number | undefined => {
  const promised = nextRefreshAtMs !== undefined && nextRefreshAtMs > nowMs ? [nextRefreshAtMs] : []
  const all = [...promised, ...planned.filter((atMs) => atMs !== undefined)]
  return all.length === 0 ? undefined : Math.min(...all)
}
