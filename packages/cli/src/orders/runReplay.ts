/**
 * The work of `docdata replay`: what other rules or another policy would make of the refreshes that are stored.
 */
import { Merchants, type StoredOrder } from "@docdata/application"
import { type OrderStatus, type Policy, type RuleId } from "@docdata/domain"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { termsOf } from "../explain/termsOf.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { allObservations } from "./allObservations.ts"
import { orderFilter } from "./orderFilter.ts"
import { eachPage } from "./orderPages.ts"
import type { ReplayOutput } from "./ReplayOutput.ts"
import { replayHistory } from "./replayHistory.ts"
import { runOnStored } from "./runOnOrders.ts"

const path = "docdata replay"

interface Decided {
  readonly status: OrderStatus
  readonly rule: RuleId
}

/** What an order is, and what it would be. */
interface Replayed {
  readonly order: StoredOrder
  readonly before: Decided
  readonly after: Decided
}

class Counts {
  orders = 0
  unseen = 0
  otherStatus = 0
  otherRule = 0
  readonly #changes = new Map<string, { from: OrderStatus; to: OrderStatus; orders: number }>()

  /** Answers whether anything is different. */
  note({ after, before }: Replayed): boolean {
    this.orders++
    if (after.status === before.status) {
      if (after.rule !== before.rule) this.otherRule++
      return after.rule !== before.rule
    }
    this.otherStatus++
    const key = `${before.status} ${after.status}`
    const change = this.#changes.get(key) ?? { from: before.status, to: after.status, orders: 0 }
    change.orders++
    this.#changes.set(key, change)
    return true
  }

  changes() {
    return [...this.#changes.values()].toSorted((a, b) => b.orders - a.orders)
  }
}

const orderText = ({ after, before, order }: Replayed): string =>
  `${order.id.padEnd(24)}  ${printable(order.shopReference).padEnd(12)}  ` +
  `${before.status} (${before.rule}) -> ${after.status} (${after.rule})`

const orderJson = ({ after, before, order: { id, merchant, shopReference } }: Replayed): string => {
  const line: typeof ReplayOutput.Type = { kind: "order", id, merchant, shopReference, before, after }
  return JSON.stringify(line)
}

const summaryText = (counts: Counts): string => {
  const { orders, otherRule, otherStatus, unseen } = counts
  const lines = [
    `${orders} ${
      orders === 1 ? "order" : "orders"
    } replayed: ${otherStatus} would have another status, ${otherRule} the same by another rule; ` +
    `${unseen} nobody refreshed`,
    ...counts.changes().map((change) => `  ${change.from} -> ${change.to}: ${change.orders}`)
  ]
  return lines.join("\n")
}

const summaryJson = (counts: Counts): string => {
  const { orders, otherRule, otherStatus, unseen } = counts
  const changes = counts.changes()
  const line: typeof ReplayOutput.Type = { kind: "summary", orders, unseen, otherStatus, otherRule, changes }
  return JSON.stringify(line)
}

const replay = Effect.fnUntraced(function*(order: StoredOrder, policy: Policy) {
  const observations = yield* allObservations(order.id)
  const outcome = replayHistory(order, observations, policy)
  const last = observations.at(-1)
  if (outcome === undefined || last === undefined) return undefined
  return {
    order,
    before: { status: order.state.status, rule: last.decision.rule },
    after: { status: outcome.decision.status, rule: outcome.decision.rule }
  } satisfies Replayed
})

/** Replays, prints what differs, and the counts; resolves with the exit code. */
export const runReplay = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const terms = termsOf(given, shell.nowMs)
  if (Result.isFailure(terms)) return badUsage(shell, path, terms.failure)
  const { paidWhen, rules } = terms.success.requests
  const policyOf = (own: Policy): Policy => ({
    ...own,
    ...(rules === undefined ? {} : { rules }),
    ...(paidWhen === undefined ? {} : { paidWhen: { default: paidWhen, rules: [] } })
  })
  const asJson = given.switches.has("json")
  const write = (line: string) => Effect.promise(() => shell.write(`${line}\n`))
  return runOnStored({ path, given, shell }, () =>
    Effect.gen(function*() {
      const merchants = yield* Merchants
      const counts = new Counts()
      yield* eachPage(yield* orderFilter(given), {}, (orders) =>
        Effect.forEach(
          orders,
          Effect.fnUntraced(function*(order) {
            const { policy } = yield* merchants.find(order.merchant)
            const replayed = yield* replay(order, policyOf(policy))
            if (replayed === undefined) counts.unseen++
            else if (counts.note(replayed) && (asJson || replayed.before.status !== replayed.after.status)) {
              yield* write(asJson ? orderJson(replayed) : orderText(replayed))
            }
            shell.progress?.(`${counts.orders + counts.unseen} orders, ${counts.otherStatus} would change`)
          }),
          { discard: true }
        ))
      shell.progress?.("")
      yield* write(asJson ? summaryJson(counts) : summaryText(counts))
      return exitCodes.done
    }))
}
