/**
 * The work of `docdata replay`: what other rules or another policy would make of the observations that are stored.
 */
import type { OrderSummary, Preview } from "@docdata/contract"
import type { OrderStatus } from "@docdata/domain"
import { printable } from "@docdata/service/text"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { failureOf } from "../api/failureOf.ts"
import { isJson, writeLines } from "../api/output.ts"
import { runApi } from "../api/runApi.ts"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { termsOf } from "../explain/termsOf.ts"
import type { Shell } from "../Shell.ts"
import { eachOrderPage, orderFilter } from "./orderFilter.ts"

const path = "docdata replay"

type Summary = typeof OrderSummary.Type

class Counts {
  orders = 0
  unseen = 0
  otherStatus = 0
  otherRule = 0
  readonly #changes = new Map<string, { from: OrderStatus; to: OrderStatus; orders: number }>()

  /** Answers whether anything is different. */
  note({ after, before }: typeof Preview.Type): boolean {
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

const orderText = ({ id, shopReference }: Summary, { after, before }: typeof Preview.Type): string =>
  `${id.padEnd(24)}  ${printable(shopReference).padEnd(12)}  ` +
  `${before.status} (${before.rule ?? "no rule"}) -> ${after.status} (${after.rule})`

const summaryLines = (counts: Counts): ReadonlyArray<string> => [
  `${counts.orders} ${counts.orders === 1 ? "order" : "orders"} replayed: ` +
  `${counts.otherStatus} would have another status, ${counts.otherRule} the same by another rule; ` +
  `${counts.unseen} never refreshed`,
  ...counts.changes().map((change) => `  ${change.from} -> ${change.to}: ${change.orders}`)
]

/** Replays, prints what differs, and the counts; resolves with the exit code. */
export const runReplay = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const runner = { path, given, shell }
  const terms = termsOf(given, shell.nowMs)
  if (Result.isFailure(terms)) return badUsage(shell, path, terms.failure)
  const { paidWhen, rules } = terms.success.requests
  const query = { ...(rules === undefined ? {} : { rules }), ...(paidWhen === undefined ? {} : { paidWhen }) }
  const asJson = isJson(runner)
  return runApi(runner, (api) =>
    Effect.gen(function*() {
      const counts = new Counts()
      const replay = Effect.fnUntraced(function*(order: Summary) {
        const preview = yield* api.orders.replay({ params: { orderId: order.id }, query }).pipe(
          Effect.catch((failure) => {
            const known = failureOf(failure)
            return known.code === "wrong-state" ? Effect.undefined : Effect.fail(known)
          })
        )
        if (preview === undefined) counts.unseen++
        else if (counts.note(preview)) {
          if (asJson) yield* writeLines(shell, [JSON.stringify({ orderId: order.id, ...preview })])
          else if (preview.before.status !== preview.after.status) yield* writeLines(shell, [orderText(order, preview)])
        }
        shell.progress?.(`${counts.orders + counts.unseen} orders, ${counts.otherStatus} would change`)
      })
      yield* eachOrderPage(api, { filter: yield* orderFilter(api, given) }, (orders) =>
        Effect.forEach(orders, replay, { discard: true }))
      shell.progress?.("")
      if (asJson) {
        for (const line of summaryLines(counts)) {
          shell.complain(`${path}: ${line}`)
        }
      } else yield* writeLines(shell, summaryLines(counts))
      return exitCodes.done
    }))
}
