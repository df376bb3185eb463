/**
 * Why an order has its status, as the API tells it.
 */
import { explainOrder, type OrderSnapshot } from "@docdata/application"
import { type Explanation, type PolicyView, problem } from "@docdata/contract"
import type { Missing, Policy } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { instantView, moneyView } from "../views/moneyView.ts"
import { findingView } from "../views/observationView.ts"
import { problemOf } from "./problemOf.ts"

const policyView = ({ expireAfterDays, marginMinor, paidWhen, rules, shipWhen }: Policy): typeof PolicyView.Type => ({
  rules,
  paidWhen,
  shipWhen,
  margins: Object.entries(marginMinor).map(([currency, minor]) => ({ minor, currency })),
  expireAfterDays
})

const missingView = ({ byMinor, comparison, words }: Missing, currency: string) => ({
  text: words,
  ...(comparison === undefined ? {} : { comparison }),
  ...(byMinor === undefined ? {} : { by: moneyView(byMinor, currency) })
})

/** The explanation. An order that nobody refreshed yet has none. */
export const explanationOf = Effect.fnUntraced(function*(snapshot: OrderSnapshot) {
  const explained = yield* Effect.mapError(explainOrder(snapshot), problemOf)
  if (explained === undefined) return yield* Effect.fail(problem("wrong-state", "the order was never refreshed"))
  const { alternatives, because, meaning, observation, otherwise } = explained
  const { decision, findings, policy, rules } = observation
  const view: typeof Explanation.Type = {
    status: decision.status,
    fulfilment: decision.fulfilment,
    rule: decision.rule,
    meaning,
    because,
    findings: findings.map((finding) => findingView(finding, snapshot.order.currency)),
    rules,
    ...(policy === undefined ? {} : { policy: policyView(policy) }),
    alternatives: alternatives.map(({ meaning, missing, outcome, rule }) => ({
      rule,
      meaning,
      outcome,
      missing: missing.map((one) => missingView(one, decision.figures.currency))
    })),
    ...(otherwise === undefined ? {} : { otherwise }),
    askedAt: instantView(observation.askedAtMs),
    observedBy: observation.observedBy
  }
  return view
})
