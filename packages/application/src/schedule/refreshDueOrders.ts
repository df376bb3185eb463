/**
 * Refreshes orders whose next refresh is due: what notifications missed is found here.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { StoredOrder } from "../order/StoredOrder.ts"
import { type MerchantAccount, Merchants } from "../ports/Merchants.ts"
import { type DueAmong, OrderStore } from "../ports/OrderStore.ts"
import { type RefreshFailure, refreshOrder } from "../refresh/refreshOrder.ts"
import { changeOrder } from "../useCases/changeOrder.ts"
import { type Capacity, WorkCapacity } from "../background/WorkCapacity.ts"
import { RefreshBudget } from "./RefreshBudget.ts"
import { nextRefreshAt } from "./refreshSchedule.ts"
import { retryDelayMs } from "./retryDelay.ts"

/** Looks at once per merchant, however little it allows: one that hangs does not stop the others. */
export const refreshConcurrency = 4

/**
 * However much an account allows. The gateway has eight connections for a merchant: two are left to those who wait for an
 * answer, shoppers above all.
 */
export const refreshConcurrencyMax = 6

/** Of all merchants together, for the same reason: the gateway has sixteen connections to Docdata, four are left. */
export const refreshConcurrencyTogether = 12

/**
 * As many as use the account's rate up where a refresh takes a second. With a fixed few, an account that allows a thousand
 * refreshes a minute got four hundred, and shoppers whose notifications were lost waited for two minutes.
 */
const concurrencyOf = ({ refreshesPerMinute }: MerchantAccount): number =>
  Math.min(refreshConcurrencyMax, Math.max(refreshConcurrency, Math.ceil(refreshesPerMinute / 60)))

/** How long after a round that found nothing to do the next one comes. Adds to the wait for a lost notification. */
export const refreshPollMs = 5_000

/**
 * What came of a refresh. `unreachable` says nothing about the order: Docdata did not answer. Anything else may be the order's
 * own, and would fail again and again.
 */
type RefreshResult = "seen" | "unreachable" | "failed"

const outcomeAfter = (failure: RefreshFailure): RefreshResult =>
  failure._tag === "GatewayFailure" && failure.reason._tag === "TransportFailure" ? "unreachable" : "failed"

// The order stays due for ever if its refresh fails; it must neither stop the others nor come back at once. One of whom
// nothing is known waits no longer than for its next refresh: a shopper may be waiting.
const postpone = Effect.fnUntraced(function*({ policy }: MerchantAccount, order: StoredOrder, result: RefreshResult) {
  const nowMs = yield* Clock.currentTimeMillis
  const retryAtMs = nowMs + (yield* retryDelayMs(8 + Math.min(order.quietRefreshes, 4)))
  const plannedMs = nextRefreshAt({
    state: order.state,
    nowMs,
    expireAfterDays: policy.expireAfterDays,
    random: yield* Random.next
  })
  const nextRefreshAtMs = result === "unreachable" ? Math.min(retryAtMs, plannedMs ?? retryAtMs) : retryAtMs
  yield* changeOrder({ by: "id", id: order.id }, () => ({ nextRefreshAtMs }))
})

/** An order that cannot even be postponed is left alone for so long, so that it is not refreshed again and again. */
const unpostponedRestMs = 10_000

/** Looks, and answers what came of it. A fault of ours fails one refresh, not the schedule. */
const refresh = ({ id: orderId }: StoredOrder) =>
  refreshOrder({ by: "id", id: orderId }, { observedBy: "schedule" }).pipe(
    Effect.as<RefreshResult>("seen"),
    Effect.catch((failure) =>
      Effect.as(
        Effect.logWarning("a scheduled refresh failed", { orderId, failure: failure._tag }),
        outcomeAfter(failure)
      )
    ),
    Effect.catchCause((cause) =>
      Effect.as(Effect.logError("a scheduled refresh failed", { orderId }, cause), "failed" as const)
    )
  )

const refreshOrPostpone = (account: MerchantAccount, order: StoredOrder) =>
  Effect.flatMap(refresh(order), (result) => result === "seen" ? Effect.void : postpone(account, order, result)).pipe(
    // It stays under way meanwhile; the others go on.
    Effect.catchCause((cause) =>
      Effect.andThen(
        Effect.logError("a failed refresh could not be postponed", { orderId: order.id }, cause),
        Effect.sleep(unpostponedRestMs)
      )
    )
  )

/**
 * Of the refreshes of an account that is behind, one in so many goes to whoever is due longest: the young come first, and
 * nobody starves.
 */
const longestDueOneIn = 4

/** What to look at, best first: all that is due, or as much of it as there is capacity for. */
const mostUrgent = Effect.fnUntraced(function*({ name }: MerchantAccount, { busy, free }: Capacity) {
  const store = yield* OrderStore
  const nowMs = yield* Clock.currentTimeMillis
  // Those under way are still due in the store.
  const limit = free + busy.size
  const ask = (among?: DueAmong) =>
    Effect.map(
      store.due({ merchant: name, nowMs, limit, ...(among && { among }) }),
      (orders) => orders.filter(({ id }) => !busy.has(id))
    )
  const longestDue = yield* ask()
  // There is capacity for whatever is due.
  if (longestDue.length < free) return longestDue
  const share = Math.floor(free / longestDueOneIn + (yield* Random.next))
  const orders = [
    ...longestDue.slice(0, share),
    ...yield* ask("waiting"),
    ...yield* ask("first-day"),
    ...longestDue
  ]
  return [...new Map(orders.map((order) => [order.id, order])).values()].slice(0, free)
})

const refreshMerchant = Effect.fnUntraced(function*(account: MerchantAccount) {
  const capacity = yield* WorkCapacity
  const budget = yield* RefreshBudget
  return yield* capacity.keepFull(`schedule ${account.name}`, {
    limit: concurrencyOf(account),
    group: { name: "schedule", limit: refreshConcurrencyTogether },
    // So long a merchant for whom nothing is due waits for the next round in any case.
    forMs: refreshPollMs,
    take: Effect.fnUntraced(function*({ busy, free }) {
      const left = yield* budget.left(account)
      // Without budget as well: whether there is anything to wait for.
      const wanted = Math.max(1, Math.min(free, left))
      const due = yield* mostUrgent(account, { busy, free: wanted })
      const orders = due.slice(0, left)
      yield* budget.spend(account, orders.length)
      const pieces = orders.map((order) => ({ key: order.id, work: refreshOrPostpone(account, order) }))
      if (due.length < wanted || orders.length === free) return { pieces }
      const againInMs = yield* budget.againInMs(account)
      return Number.isFinite(againInMs) ? { pieces, againInMs } : { pieces }
    })
  })
})

/**
 * One round over all merchants at once, at each one's own rate. Answers how many refreshes were begun, but not 0 while there
 * are looks to wait for; a slow or broken merchant delays only itself. Resumable: what a round did not reach is due in
 * the next.
 */
export const refreshDueOrders = Effect.fnUntraced(function*() {
  const accounts = yield* (yield* Merchants).all()
  const counts = yield* Effect.forEach(accounts, refreshMerchant, { concurrency: "unbounded" })
  return counts.reduce((sum, count) => sum + count, 0)
})
