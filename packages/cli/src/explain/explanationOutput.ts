/**
 * An explanation as the object that `--json` prints.
 */
import { findingCatalogue, levelOf, type Question } from "@docdata/domain"
import type { Explained } from "./explanationText.ts"
import type { CatalogueEntry, ExplanationOutput } from "./ExplainOutput.ts"

/** Built from what the text tells, and the question it answers. */
export const explanationOutput = (
  { reportedPayments, explanation, orderGiven, policy }: Explained,
  question: Question
): typeof ExplanationOutput.Type => {
  const catalogue: Record<string, typeof CatalogueEntry.Type> = {}
  for (const finding of explanation.findings) {
    catalogue[finding.kind] = { level: levelOf(finding), ...findingCatalogue[finding.kind] }
  }
  return {
    kind: "explanation",
    now: new Date(question.nowMs).toISOString(),
    policy,
    orderGiven,
    before: question.order,
    order: explanation.order,
    payments: explanation.payments,
    decision: explanation.decision,
    meaning: explanation.meaning,
    because: explanation.because,
    alternatives: explanation.alternatives,
    ...(explanation.otherwise === undefined ? {} : { otherwise: explanation.otherwise }),
    findings: explanation.findings,
    catalogue,
    events: explanation.events,
    reportedPayments
  }
}
