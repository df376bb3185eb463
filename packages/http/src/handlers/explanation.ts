/**
 * Why an order has its status: the newest report, decided again by the same rules, with the reasons.
 */
import { Merchants, type OrderSnapshot, OrderStore } from "@docdata/application"
import { comparisonText, explain, findingCatalogue, levelOf } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { ExplanationView } from "../api/OrderView.ts"
import { problem } from "../api/problemCatalogue.ts"
import { problemOf } from "./problemOf.ts"

/** The explanation. An order that nobody refreshed yet has none. */
export const explanationOf = Effect.fnUntraced(function*({ order, payments }: OrderSnapshot) {
  const store = yield* OrderStore
  const page = yield* Effect.mapError(store.observations(order.id, { limit: 1 }), problemOf)
  const [refresh] = page.items
  if (refresh === undefined) return yield* Effect.fail(problem("wrong-state", "nobody refreshed the order yet"))
  const account = yield* Effect.mapError((yield* Merchants).find(order.merchant), problemOf)
  const { decision, findings, meaning } = explain({
    order: order.state,
    payments,
    report: refresh.report,
    nowMs: refresh.answeredAtMs,
    policy: account.policy,
    ...(refresh.intent === undefined ? {} : { intent: refresh.intent })
  })
  const view: typeof ExplanationView.Type = {
    status: decision.status,
    fulfilment: decision.fulfilment,
    rule: decision.rule,
    meaning,
    because: decision.compared.map((comparison) => comparisonText(comparison, decision.figures)),
    findings: findings.map((finding) => ({
      kind: finding.kind,
      level: levelOf(finding),
      meaning: findingCatalogue[finding.kind].meaning,
      action: findingCatalogue[finding.kind].action
    })),
    askedAtMs: refresh.askedAtMs,
    observedBy: refresh.observedBy
  }
  return view
})
