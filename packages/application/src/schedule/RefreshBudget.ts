/**
 * How many status calls the refresh schedule may still spend for a merchant, whoever asks how often.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { monotonicMs } from "../monotonicMs.ts"
import type { MerchantAccount } from "../ports/Merchants.ts"

const minuteMs = 60_000

/** At most what five seconds earn is spent at once: a minute's looks would leave nobody to look for the rest of it. */
const partsOfMinute = 12

interface Spending {
  readonly atMs: number
  readonly refreshes: number
}

type Account = Pick<MerchantAccount, "name" | "refreshesPerMinute">

const sumOf = (spendings: ReadonlyArray<Spending>): number =>
  spendings.reduce((sum, { refreshes }) => sum + refreshes, 0)

/** When what was spent of the minute leaves capacity for another refresh. */
const capacityAtMs = (spendings: ReadonlyArray<Spending>, refreshesPerMinute: number): number => {
  let spent = sumOf(spendings)
  let atMs = 0
  for (const spending of spendings) {
    if (spent + 1 <= refreshesPerMinute) break
    spent -= spending.refreshes
    atMs = spending.atMs + minuteMs
  }
  return atMs
}

/** When the refreshes of the minute, each of which takes up its share of a minute, are over. */
const evenAtMs = (spendings: ReadonlyArray<Spending>, refreshesPerMinute: number): number =>
  spendings.reduce((endMs, { atMs, refreshes }) => Math.max(endMs, atMs) + refreshes * minuteMs / refreshesPerMinute, 0)

/**
 * In no sixty seconds more refreshes than the account allows per minute, wherever they begin, and evenly: after some refreshes
 * comes a pause as long as they are of the minute's share, so that whoever waits for a refresh never waits for a minute
 * that is used up.
 *
 * Per process: of several that schedule for one merchant each has a budget of its own. Looks that a notification, a
 * returning shopper or an operator asks for are not counted.
 */
export class RefreshBudget extends Context.Service<RefreshBudget, {
  /** How many refreshes are left at this moment. A changed rate counts at once. */
  readonly left: (account: Account) => Effect.Effect<number>
  /** In how many milliseconds there is a refresh again, if none is spent until then; infinite where none is allowed. */
  readonly againInMs: (account: Account) => Effect.Effect<number>
  readonly spend: (account: Account, refreshes: number) => Effect.Effect<void>
}>()("@docdata/application/RefreshBudget") {
  static readonly layer = Layer.sync(RefreshBudget, () => {
    // Of the last minute, oldest first.
    const spentByName = new Map<string, ReadonlyArray<Spending>>()
    // The time of day may be set back, and what was spent would be forgotten or stay spent until it is that late again.
    const spent = (
      { name }: Account
    ): Effect.Effect<{ readonly nowMs: number; readonly spendings: ReadonlyArray<Spending> }> =>
      Effect.map(monotonicMs, (nowMs) => {
        const spendings = (spentByName.get(name) ?? []).filter(({ atMs }) => atMs > nowMs - minuteMs)
        spentByName.set(name, spendings)
        return { nowMs, spendings }
      })
    return RefreshBudget.of({
      left: (account) =>
        Effect.map(spent(account), ({ nowMs, spendings }) => {
          const { refreshesPerMinute } = account
          if (evenAtMs(spendings, refreshesPerMinute) > nowMs) return 0
          const ofMinute = refreshesPerMinute - sumOf(spendings)
          return Math.max(0, Math.floor(Math.min(ofMinute, Math.ceil(refreshesPerMinute / partsOfMinute))))
        }),
      againInMs: (account) =>
        Effect.map(spent(account), ({ nowMs, spendings }) => {
          const { refreshesPerMinute } = account
          if (refreshesPerMinute < 1) return Number.POSITIVE_INFINITY
          const atMs = Math.max(capacityAtMs(spendings, refreshesPerMinute), evenAtMs(spendings, refreshesPerMinute))
          return Math.max(0, Math.ceil(atMs - nowMs))
        }),
      spend: (account, refreshes) =>
        Effect.map(spent(account), ({ nowMs, spendings }) => {
          if (refreshes > 0) spentByName.set(account.name, [...spendings, { atMs: nowMs, refreshes }])
        })
    })
  })
}
