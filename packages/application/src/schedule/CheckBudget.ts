/**
 * How many status calls the recheck schedule may still spend for a merchant, whoever asks how often.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { MerchantAccount } from "../ports/Merchants.ts"

const minuteMs = 60_000

/**
 * A quarter of a minute's looks may be spent within this long: all of them at once would leave nobody to look for the
 * rest of the minute. Shorter than a quarter of a minute by the wait for a round, so that four quarters fit.
 */
export const budgetBurstMs = 10_000

interface Spending {
  readonly atMs: number
  readonly looks: number
}

type Account = Pick<MerchantAccount, "name" | "checksPerMinute">

const sumSince = (spendings: ReadonlyArray<Spending>, sinceMs: number): number =>
  spendings.reduce((sum, { atMs, looks }) => atMs > sinceMs ? sum + looks : sum, 0)

/**
 * In no sixty seconds more looks than the account allows per minute, wherever they begin.
 *
 * Per process: of several that recheck for one merchant each has a budget of its own. Looks that a notification, a
 * returning shopper or an operator asks for are not counted.
 */
export class CheckBudget extends Context.Service<CheckBudget, {
  /** How many looks are left at this moment. A changed rate counts at once. */
  readonly left: (account: Account) => Effect.Effect<number>
  readonly spend: (account: Account, looks: number) => Effect.Effect<void>
}>()("@docdata/application/CheckBudget") {
  static readonly layer = Layer.sync(CheckBudget, () => {
    // Of the last minute, oldest first.
    const spentByName = new Map<string, ReadonlyArray<Spending>>()
    const spent = (
      { name }: Account
    ): Effect.Effect<{ readonly nowMs: number; readonly spendings: ReadonlyArray<Spending> }> =>
      // The time of day may be set back, and what was spent would be forgotten or stay spent until it is that late again.
      Effect.map(Clock.monotonicTimeNanos, (nowNanos) => {
        const nowMs = Number(nowNanos) / 1e6
        const spendings = (spentByName.get(name) ?? []).filter(({ atMs }) => atMs > nowMs - minuteMs)
        spentByName.set(name, spendings)
        return { nowMs, spendings }
      })
    return CheckBudget.of({
      left: (account) =>
        Effect.map(spent(account), ({ nowMs, spendings }) => {
          const { checksPerMinute } = account
          const ofMinute = checksPerMinute - sumSince(spendings, nowMs - minuteMs)
          const ofBurst = Math.ceil(checksPerMinute / 4) - sumSince(spendings, nowMs - budgetBurstMs)
          return Math.max(0, Math.floor(Math.min(ofMinute, ofBurst)))
        }),
      spend: (account, looks) =>
        Effect.map(spent(account), ({ nowMs, spendings }) => {
          if (looks > 0) spentByName.set(account.name, [...spendings, { atMs: nowMs, looks }])
        })
    })
  })
}
