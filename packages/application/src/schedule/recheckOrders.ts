/**
 * Looks at orders whose next check is due: what notifications missed is found here.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { type DueAmong, type MerchantAccount, Merchants, OrderStore, type StoredOrder } from "../ports/index.ts"
import { nextCheckAt, type RefreshFailure, refreshOrder } from "../refresh/index.ts"
import { changeOrder } from "../commit/index.ts"
import { retryDelayMs, type Room, WorkSlots } from "../limits/index.ts"
import { CheckBudget } from "./CheckBudget.ts"

/** Looks at once per merchant, however little it allows: one that hangs does not stop the others. */
export const recheckConcurrency = 4

/**
 * However much an account allows. The gateway has eight connections for a merchant: two are left to those who wait for an
 * answer, shoppers above all.
 */
export const recheckConcurrencyMax = 6

/** Of all merchants together, for the same reason: the gateway has sixteen connections to Docdata, four are left. */
export const recheckConcurrencyTogether = 12

/**
 * As many as use the account's rate up where a look takes a second. With a fixed few, an account that allows a thousand
 * looks a minute got four hundred, and shoppers whose notifications were lost waited for two minutes.
 */
const slotsOf = ({ checksPerMinute }: MerchantAccount): number =>
  Math.min(recheckConcurrencyMax, Math.max(recheckConcurrency, Math.ceil(checksPerMinute / 60)))

/** How long after a round that found nothing to do the next one comes. Adds to the wait for a lost notification. */
export const recheckPollMs = 5_000

/**
 * What came of a look. `unreachable` says nothing about the order: Docdata did not answer. Anything else may be the order's
 * own, and would fail again and again.
 */
type Looked = "seen" | "unreachable" | "failed"

const lookedAfter = (failure: RefreshFailure): Looked =>
  failure._tag === "GatewayFailure" && failure.reason._tag === "TransportFailure" ? "unreachable" : "failed"

// The order stays due for ever if its look fails; it must neither stop the others nor come back at once. One of whom
// nothing is known waits no longer than for its next look: a shopper may be waiting.
const postpone = Effect.fnUntraced(function*({ policy }: MerchantAccount, order: StoredOrder, looked: Looked) {
  const nowMs = yield* Clock.currentTimeMillis
  const retryAtMs = nowMs + (yield* retryDelayMs(8 + Math.min(order.quietChecks, 4)))
  const plannedMs = nextCheckAt({
    state: order.state,
    nowMs,
    expireAfterDays: policy.expireAfterDays,
    random: yield* Random.next
  })
  const nextCheckAtMs = looked === "unreachable" ? Math.min(retryAtMs, plannedMs ?? retryAtMs) : retryAtMs
  yield* changeOrder({ by: "id", id: order.id }, () => ({ nextCheckAtMs }))
})

/** An order that cannot even be postponed is left alone for so long, so that it is not looked at again and again. */
const unpostponedRestMs = 10_000

/** Looks, and answers what came of it. A fault of ours fails one look, not the schedule. */
const look = ({ id: orderId }: StoredOrder) =>
  refreshOrder({ by: "id", id: orderId }, { observedBy: "recheck" }).pipe(
    Effect.as<Looked>("seen"),
    Effect.catch((failure) =>
      Effect.as(
        Effect.logWarning("a scheduled look failed", { orderId, failure: failure._tag }),
        lookedAfter(failure)
      )
    ),
    Effect.catchCause((cause) =>
      Effect.as(Effect.logError("a scheduled look failed", { orderId }, cause), "failed" as const)
    )
  )

const recheck = (account: MerchantAccount, order: StoredOrder) =>
  Effect.flatMap(look(order), (looked) => looked === "seen" ? Effect.void : postpone(account, order, looked)).pipe(
    // It stays under way meanwhile; the others go on.
    Effect.catchCause((cause) =>
      Effect.andThen(
        Effect.logError("a failed look could not be postponed", { orderId: order.id }, cause),
        Effect.sleep(unpostponedRestMs)
      )
    )
  )

/**
 * Of the looks of an account that is behind, one in so many goes to whoever is due longest: the young come first, and
 * nobody starves.
 */
const longestDueOneIn = 4

/** What to look at, best first: all that is due, or as much of it as there is room for. */
const mostUrgent = Effect.fnUntraced(function*({ name }: MerchantAccount, { busy, free }: Room) {
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
  // There is room for whatever is due.
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

const recheckMerchant = Effect.fnUntraced(function*(account: MerchantAccount) {
  const slots = yield* WorkSlots
  const budget = yield* CheckBudget
  return yield* slots.keepFull(`recheck ${account.name}`, {
    slots: slotsOf(account),
    group: { name: "recheck", slots: recheckConcurrencyTogether },
    // So long a merchant for whom nothing is due waits for the next round in any case.
    forMs: recheckPollMs,
    take: Effect.fnUntraced(function*({ busy, free }) {
      const left = yield* budget.left(account)
      // Without budget as well: whether there is anything to wait for.
      const wanted = Math.max(1, Math.min(free, left))
      const due = yield* mostUrgent(account, { busy, free: wanted })
      const orders = due.slice(0, left)
      yield* budget.spend(account, orders.length)
      const pieces = orders.map((order) => ({ key: order.id, work: recheck(account, order) }))
      if (due.length < wanted || orders.length === free) return { pieces }
      const againInMs = yield* budget.againInMs(account)
      return Number.isFinite(againInMs) ? { pieces, againInMs } : { pieces }
    })
  })
})

/**
 * One round over all merchants at once, at each one's own rate. Answers how many looks were begun, but not 0 while there
 * are looks to wait for; a slow or broken merchant delays only itself. Resumable: what a round did not reach is due in
 * the next.
 */
export const recheckOrders = Effect.fnUntraced(function*() {
  const accounts = yield* (yield* Merchants).all()
  const counts = yield* Effect.forEach(accounts, recheckMerchant, { concurrency: "unbounded" })
  return counts.reduce((sum, count) => sum + count, 0)
})
