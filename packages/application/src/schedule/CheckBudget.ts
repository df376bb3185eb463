/**
 * How many status calls the recheck schedule may still spend for a merchant, whoever asks how often.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { MerchantAccount } from "../ports/Merchants.ts"

/** What was not spent is kept for this long, so that rounds may be late without losing their share. */
export const budgetKeptMs = 15_000

interface Purse {
  left: number
  atMs: number
}

type Account = Pick<MerchantAccount, "name" | "checksPerMinute">

const mostOf = ({ checksPerMinute }: Account): number =>
  checksPerMinute <= 0 ? 0 : Math.max(1, (checksPerMinute * budgetKeptMs) / 60_000)

/** Per process: of several that recheck for one merchant each has a budget of its own. */
export class CheckBudget extends Context.Service<CheckBudget, {
  /** How many looks are left at this moment. A changed rate counts from now on. */
  readonly left: (account: Account) => Effect.Effect<number>
  readonly spend: (account: Account, looks: number) => Effect.Effect<void>
}>()("@docdata/application/CheckBudget") {
  static readonly layer = Layer.sync(CheckBudget, () => {
    const purses = new Map<string, Purse>()
    const refilled = (account: Account): Effect.Effect<Purse> =>
      Effect.map(Clock.currentTimeMillis, (nowMs) => {
        const most = mostOf(account)
        const purse = purses.get(account.name) ?? { left: most, atMs: nowMs }
        const earned = (Math.max(0, nowMs - purse.atMs) * account.checksPerMinute) / 60_000
        purse.left = Math.min(most, purse.left + earned)
        purse.atMs = nowMs
        purses.set(account.name, purse)
        return purse
      })
    return CheckBudget.of({
      // Sums of fractions may fall short of a whole by a hair.
      left: (account) => Effect.map(refilled(account), ({ left }) => Math.floor(left + 1e-9)),
      spend: (account, looks) =>
        Effect.map(refilled(account), (purse) => {
          purse.left -= looks
        })
    })
  })
}
