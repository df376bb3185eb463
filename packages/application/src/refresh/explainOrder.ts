/**
 * Why an order has its status: the stored decision of the newest observation, with the policy it was taken under. Nothing
 * is decided again; that is what a replay is for.
 */
import { comparisonText, explain, type Explanation, otherAnswers, ruleMeaning } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { type Observation, type OrderSnapshot, OrderStore } from "../ports/index.ts"
import { paymentIdsOf } from "./refreshOrder.ts"

/** What would have led to another status, nearest first, and what else the rule that decided needs. */
type Prospects = Pick<Explanation, "alternatives" | "otherwise">

/** A stored decision with its reasons. */
interface StoredExplanation extends Prospects {
  readonly observation: Observation
  /** What the rule that decided means, in one sentence. */
  readonly meaning: string
  /** The comparisons of that rule in words, with their figures. */
  readonly because: ReadonlyArray<string>
}

const noProspects: Prospects = { alternatives: [] }

/**
 * The rules that were not reached, by the stored policy on the stored report. Of the order before the decision only the
 * status is known, from the event that tells its change; where the rules do not come to the stored decision on that,
 * nothing is said.
 */
const prospectsOf = Effect.fnUntraced(function*({ order, payments }: OrderSnapshot, observation: Observation) {
  const { answeredAtMs, decision, intent, policy, report, revision } = observation
  if (policy === undefined) return noProspects
  const store = yield* OrderStore
  const changed = (yield* store.events(order.id)).find((event) =>
    event.revision === revision && event.payload.type === "order.status_changed"
  )
  const status = changed?.payload.type === "order.status_changed" ? changed.payload.from : order.state.status
  const { alternatives, decision: { rule }, otherwise } = explain({
    order: { ...order.state, status },
    payments: [...payments, ...yield* store.paymentsElsewhere(order, paymentIdsOf(report))],
    report,
    nowMs: answeredAtMs,
    policy,
    ...(intent === undefined ? {} : { intent })
  })
  if (rule !== decision.rule) return noProspects
  return {
    alternatives: otherAnswers(alternatives, { status: decision.status, before: status }),
    // Another rule for the same status is no other answer.
    ...(otherwise === undefined || otherwise.outcome === decision.status ? {} : { otherwise })
  }
})

/** The explanation; undefined for an order that nobody refreshed yet. */
export const explainOrder = Effect.fn("ExplainOrder")(function*(snapshot: OrderSnapshot) {
  const { items: [observation] } = yield* (yield* OrderStore).observations(snapshot.order.id, { limit: 1 })
  if (observation === undefined) return undefined
  const { compared, figures, rule } = observation.decision
  const explanation: StoredExplanation = {
    observation,
    meaning: ruleMeaning(rule),
    because: compared.map((comparison) => comparisonText(comparison, figures)),
    ...yield* prospectsOf(snapshot, observation)
  }
  return explanation
})
