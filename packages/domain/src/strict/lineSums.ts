/**
 * What the lines show of captures and returns, each currency apart: amounts of two currencies cannot be added, and the
 * totals are in one.
 */
import type { PaymentReading } from "./PaymentReading.ts"

/** Finished captures, refunds and chargebacks of lines in one currency, in its minor units. */
interface Shown {
  captured: number
  refunded: number
  chargedBack: number
}

/** The lines of a report against the currency of its totals. */
export interface LineSums {
  /** Lines in the currency of the totals. */
  readonly own: Shown
  /** Lines in others, by currency. */
  readonly others: ReadonlyMap<string, Shown>
  /** True if the totals may show money of a line in another currency. */
  readonly isConverted: boolean
  /** Refunds and chargebacks that were converted for the totals: each may have been rounded by a minor unit. */
  readonly convertedReturns: number
  /** Lines in other currencies captured money and gave all of it back, and no line may still bring any. */
  readonly isOtherReturned: boolean
  /** The same of all lines. */
  readonly isAllReturned: boolean
}

const nothing: LineSums = {
  own: { captured: 0, refunded: 0, chargedBack: 0 },
  others: new Map(),
  isConverted: false,
  convertedReturns: 0,
  isOtherReturned: false,
  isAllReturned: false
}

const add = (sums: Shown, { captured, chargedBack, refunded }: Shown): void => {
  sums.captured += captured
  sums.refunded += refunded
  sums.chargedBack += chargedBack
}

const shownBy = (others: Map<string, Shown>, currency: string): Shown => {
  const known = others.get(currency)
  if (known !== undefined) return known
  const fresh = { captured: 0, refunded: 0, chargedBack: 0 }
  others.set(currency, fresh)
  return fresh
}

const isReturned = ({ captured, chargedBack, refunded }: PaymentReading): boolean => refunded + chargedBack >= captured

/** Adds up the lines; `currency` is that of the totals. */
export const sumLines = (readings: ReadonlyArray<PaymentReading>, currency: string): LineSums => {
  if (readings.length === 0) return nothing
  const own = { captured: 0, refunded: 0, chargedBack: 0 }
  const others = new Map<string, Shown>()
  let isConverted = false
  let convertedReturns = 0
  let isOtherCaptured = false
  let isOwnReturned = true
  let isOtherReturned = true
  for (const reading of readings) {
    const { captured, chargedBack, promisedExtra, refunded } = reading
    if (promisedExtra > 0) isOtherReturned = false
    if (reading.currency === currency) {
      add(own, reading)
      if (!isReturned(reading)) isOwnReturned = false
      continue
    }
    if (captured + refunded + chargedBack + promisedExtra > 0) isConverted = true
    if (captured > 0) isOtherCaptured = true
    if (!isReturned(reading)) isOtherReturned = false
    convertedReturns += reading.returns
    add(shownBy(others, reading.currency), reading)
  }
  isOtherReturned &&= isOtherCaptured
  return {
    own,
    others,
    isConverted,
    convertedReturns,
    isOtherReturned,
    isAllReturned: isOtherReturned && isOwnReturned
  }
}
