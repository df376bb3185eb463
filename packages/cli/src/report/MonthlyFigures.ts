/**
 * Sums of orders by the month of their creation and by currency, in minor units. Memory grows with months, not orders.
 */
import type { OrderSummary } from "@docdata/contract"

export interface MonthlyFigures {
  /** `2026-01`. */
  readonly month: string
  readonly currency: string
  readonly orders: number
  /** What Docdata has registered; what was asked for, of orders of which no report was seen yet. */
  readonly registered: number
  readonly captured: number
  readonly refunded: number
  readonly chargedBack: number
}

type Summary = typeof OrderSummary.Type

const figuresOf = ({ amount, totals }: Summary) => ({
  registered: (totals?.registered ?? amount).minor,
  captured: totals?.captured.minor ?? 0,
  refunded: totals?.refunded.minor ?? 0,
  chargedBack: totals?.chargedBack.minor ?? 0
})

/** What is not captured; negative if more was captured than registered. */
export const differenceOf = ({ captured, registered }: MonthlyFigures): number => registered - captured

const compare = (a: MonthlyFigures, b: MonthlyFigures): number => {
  if (a.month !== b.month) return a.month < b.month ? -1 : 1
  return a.currency < b.currency ? -1 : 1
}

export class MonthlySums {
  readonly #monthOf: (ms: number) => string
  readonly #sums = new Map<string, MonthlyFigures>()

  constructor(monthOf: (ms: number) => string) {
    this.#monthOf = monthOf
  }

  /** Counts an order that Docdata knows. */
  add(order: Summary): void {
    const { amount: { currency }, createdAt } = order
    const month = this.#monthOf(Date.parse(createdAt))
    const key = `${month} ${currency}`
    const before = this.#sums.get(key) ??
      { month, currency, orders: 0, registered: 0, captured: 0, refunded: 0, chargedBack: 0 }
    const { captured, chargedBack, refunded, registered } = figuresOf(order)
    this.#sums.set(key, {
      month,
      currency,
      orders: before.orders + 1,
      registered: before.registered + registered,
      captured: before.captured + captured,
      refunded: before.refunded + refunded,
      chargedBack: before.chargedBack + chargedBack
    })
  }

  /** By month, then currency. */
  rows(): ReadonlyArray<MonthlyFigures> {
    return [...this.#sums.values()].toSorted(compare)
  }
}

/** True if every sum is exact: a safe integer. */
export const isExact = ({ captured, chargedBack, refunded, registered }: MonthlyFigures): boolean =>
  [captured, chargedBack, refunded, registered].every(Number.isSafeInteger)
