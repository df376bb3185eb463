/**
 * Why an order has its status, and what would change it.
 *
 * Nothing here is written by hand for a case: the reasons are the rule that decided and the rules above it
 * that did not, with the comparisons they failed.
 */
import type { RuleId } from "./Decision.ts"
import * as Figures from "./Figures.ts"
import { readLegacyFacts } from "./legacy/LegacyFacts.ts"
import { legacy2013Rules, legacy2016Rules } from "./legacy/rules.ts"
import { type Outcome, type Question, reconcile } from "./reconcile.ts"
import type { Condition, RuleTable } from "./RuleSet.ts"
import { readFacts } from "./strict/Facts.ts"
import { strictRules } from "./strict/rules.ts"

/** A condition that does not hold now. */
export interface Missing {
  /** What would have to be the case. */
  readonly words: string
  /** The comparison that fails, in words with its figures. */
  readonly comparison?: string
  /** How much the left side of the comparison lacks (or, negative, exceeds), in minor units. */
  readonly byMinor?: number
}

/** A rule that stands above the one that decided, and what it lacks. */
export interface Alternative {
  readonly rule: RuleId
  readonly meaning: string
  /** A status, or in words what the rule leads to (`keep`: the status the order has). */
  readonly outcome: string
  /** Never empty. If all of it were the case, this rule would decide. */
  readonly missing: ReadonlyArray<Missing>
}

/** A decision with its reasons. */
export interface Explanation extends Outcome {
  /** What the rule that decided means, in one sentence. */
  readonly meaning: string
  /** The comparisons of that rule in words, with their figures. */
  readonly because: ReadonlyArray<string>
  /** Rules that would decide instead, nearest first: fewest missing conditions, then the table's order. */
  readonly alternatives: ReadonlyArray<Alternative>
}

const missingOf = <Facts>(condition: Condition<Facts>, figures: Figures.Figures): Missing => {
  const { compares, words } = condition
  if (compares === undefined) return { words }
  const byMinor = Figures.missing(compares, figures)
  return {
    words,
    comparison: Figures.describe(compares, figures),
    // The order's own amount may be unknown; then nothing can be said about the distance.
    ...(Number.isNaN(byMinor) ? {} : { byMinor })
  }
}

const alternativesOf = <Facts>(
  table: RuleTable<Facts, string>,
  facts: Facts,
  { decision }: Outcome
): ReadonlyArray<Alternative> => {
  const position = table.findIndex(({ id }) => id === decision.rule)
  return table.slice(0, Math.max(0, position)).map((rule) => ({
    rule: rule.id,
    meaning: rule.meaning,
    outcome: rule.outcome,
    missing: rule.when.filter((condition) => !condition.holds(facts))
      .map((condition) => missingOf(condition, decision.figures))
  })).toSorted((a, b) => a.missing.length - b.missing.length)
}

const explainBy = <Facts>(table: RuleTable<Facts, string>, facts: Facts, outcome: Outcome): Explanation => {
  const { compared, figures, rule } = outcome.decision
  const decided = table.find(({ id }) => id === rule)
  return {
    ...outcome,
    meaning: decided?.meaning ?? "The report lacks what this generation could not do without: the order stays.",
    because: compared.map((comparison) => Figures.describe(comparison, figures)),
    alternatives: alternativesOf(table, facts, outcome)
  }
}

/**
 * Decides like {@link reconcile} and says why. Total and pure like it; about ten times the work, so decide
 * with `reconcile` and explain when somebody looks.
 */
export const explain = (question: Question): Explanation => {
  const outcome = reconcile(question)
  switch (question.policy.rules) {
    case "strict":
      return explainBy(strictRules, readFacts(question, []), outcome)
    case "legacy-2016":
      return explainBy(legacy2016Rules, readLegacyFacts(question, "2016"), outcome)
    case "legacy-2013":
      return explainBy(legacy2013Rules, readLegacyFacts(question, "2013"), outcome)
  }
}
