/**
 * A purse for repetitions: calls fill it by a fraction each, a repetition takes a whole coin.
 *
 * During an outage every call fails, and a client that repeats each of them doubles the load on a host that is
 * already down. With the purse the extra load is a fixed share of the calls, however many fail.
 */

export interface RetryBudget {
  /** Called once per call, before its first attempt. */
  readonly earn: () => void
  /** Takes a coin if there is one. */
  readonly spend: () => boolean
}

// Enough for a short burst after a quiet hour; more would only be spent in the next outage.
const coinsMax = 10

export const makeRetryBudget = (
  { retriesPerCall, retryReserve }: { readonly retriesPerCall: number; readonly retryReserve: number }
): RetryBudget => {
  let coins = Math.min(retryReserve, coinsMax)
  return {
    earn: () => {
      coins = Math.min(coinsMax, coins + retriesPerCall)
    },
    spend: () => {
      if (coins < 1) return false
      coins -= 1
      return true
    }
  }
}
