/**
 * What an order would be: by the newest report, or by other rules. Nothing is stored.
 */
import {
  Merchants,
  type Observation,
  type OrderSnapshot,
  OrderStore,
  pageSizeMax,
  previewOrder,
  type StoredOrder
} from "@docdata/application"
import { type Preview, problem, type ReplayQuery } from "@docdata/contract"
import { type Order, type Outcome, type PaymentRow, type Policy, reconcile } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { findingView } from "../views/observationView.ts"
import { byId } from "./orderAccess.ts"
import { problemOf } from "./problemOf.ts"

const previewView = (
  { currency, state }: StoredOrder,
  { decision, findings }: Outcome,
  rule: Observation["decision"]["rule"] | undefined
): typeof Preview.Type => ({
  before: { status: state.status, ...(rule === undefined ? {} : { rule }) },
  after: { status: decision.status, fulfilment: decision.fulfilment, rule: decision.rule },
  findings: findings.map((finding) => findingView(finding, currency))
})

const newestRule = Effect.fnUntraced(function*(orderId: string) {
  const page = yield* Effect.mapError((yield* OrderStore).observations(orderId, { limit: 1 }), problemOf)
  return page.items[0]?.decision.rule
})

/** By the report of this moment. */
export const previewOf = Effect.fnUntraced(function*({ order }: OrderSnapshot) {
  const preview = yield* Effect.mapError(previewOrder(byId(order.id)), problemOf)
  return previewView(preview.order, preview.outcome, yield* newestRule(order.id))
})

/** All observations of an order, oldest first. */
const allObservations = Effect.fnUntraced(function*(orderId: string) {
  const store = yield* OrderStore
  const found: Array<Observation> = []
  let before: number | undefined
  do {
    const page = yield* Effect.mapError(
      store.observations(orderId, { limit: pageSizeMax, ...(before === undefined ? {} : { before }) }),
      problemOf
    )
    found.push(...page.items)
    before = page.next
  } while (before !== undefined)
  return found.toReversed()
})

/** Decides every observation again, from an order that nobody refreshed. Pure. */
const replayed = (
  { createdAtMs, currency, grossMinor, state: { key } }: StoredOrder,
  observations: ReadonlyArray<Observation>,
  policy: Policy
): Outcome | undefined => {
  let order: Order = { key, status: "new", fulfilment: "wait", createdAtMs, currency, grossMinor }
  let payments: ReadonlyArray<PaymentRow> = []
  let outcome: Outcome | undefined
  for (const { answeredAtMs, intent, report } of observations) {
    outcome = reconcile({
      order,
      payments,
      report,
      nowMs: answeredAtMs,
      policy,
      ...(intent === undefined ? {} : { intent })
    })
    order = outcome.order
    payments = outcome.payments
  }
  return outcome
}

/** By other rules; without any, by those of the account as they are now. */
export const replayOf = Effect.fnUntraced(function*({ order }: OrderSnapshot, query: typeof ReplayQuery.Type) {
  const { paidWhen, rules } = query
  const observations = yield* allObservations(order.id)
  const { policy } = yield* Effect.mapError((yield* Merchants).find(order.merchant), problemOf)
  const outcome = replayed(order, observations, {
    ...policy,
    ...(rules === undefined ? {} : { rules }),
    ...(paidWhen === undefined ? {} : { paidWhen: { default: paidWhen, rules: [] } })
  })
  return outcome === undefined
    ? yield* Effect.fail(problem("wrong-state", "the order was never refreshed"))
    : previewView(order, outcome, observations.at(-1)?.decision.rule)
})
