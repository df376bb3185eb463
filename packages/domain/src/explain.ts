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
import type { OrderStatus } from "./OrderStatus.ts"
import type { RuleTable } from "./RuleSet.ts"
import { legacyConditionTexts, legacyMeanings } from "./texts/legacyTexts.ts"
import { strictConditionTexts, strictMeanings } from "./texts/strictTexts.ts"
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

/**
 * A rule that stands above the one that decided, and what it lacks. Rules that could never be first, because one
 * above them lacks no more, are left out.
 */
export interface Alternative {
  readonly rule: RuleId
  readonly meaning: string
  /** A status, or in words what the rule leads to (`keep`: the status the order has). */
  readonly outcome: string
  /** Never empty. If all of it were the case and nothing else had changed, this rule would decide. */
  readonly missing: ReadonlyArray<Missing>
}

/** The rule that decides as soon as amounts no longer meet the one above it. */
export interface Otherwise {
  readonly rule: RuleId
  readonly meaning: string
  readonly outcome: string
  /** Conditions of the deciding rule that this one does not ask for: it decides unless all of them are the case. */
  readonly unless: ReadonlyArray<string>
}

/** A decision with its reasons. */
export interface Explanation extends Outcome {
  /** What the rule that decided means, in one sentence. */
  readonly meaning: string
  /** The comparisons of that rule in words, with their figures. */
  readonly because: ReadonlyArray<string>
  /** Rules that would decide instead, nearest first: fewest missing conditions, then the table's order. */
  readonly alternatives: ReadonlyArray<Alternative>
  /** Absent when more than amounts makes the difference to the next rule, or there is none. */
  readonly otherwise?: Otherwise
}

/** A table with the words for its rules and conditions. */
interface WordedTable<Facts, ConditionId extends string> {
  readonly table: RuleTable<Facts, ConditionId, string>
  readonly conditionTexts: Readonly<Record<ConditionId, string>>
}

const missingOf = (words: string, compares: Figures.Comparison | undefined, figures: Figures.Figures): Missing => {
  if (compares === undefined) return { words }
  const byMinor = Figures.missing(compares, figures)
  // The order's own amount may be unknown: then there is nothing to compare with.
  return Number.isNaN(byMinor) ? { words } : { words, comparison: Figures.describe(compares, figures), byMinor }
}

/** What the table says besides its decision. */
type Prospects = Pick<Explanation, "alternatives" | "otherwise">

const needsAllOf = (farther: Alternative, nearer: Alternative): boolean =>
  nearer.missing.every(({ words }) => farther.missing.some((missing) => missing.words === words))

const alternativesOf = <Facts, ConditionId extends string>(
  { conditionTexts, table }: WordedTable<Facts, ConditionId>,
  facts: Facts,
  figures: Figures.Figures
): ReadonlyArray<Alternative> => {
  const possible: Array<Alternative> = []
  for (const { id: rule, outcome, when } of table) {
    const missing = when.filter((condition) => !condition.holds(facts))
      .map(({ compares, id }) => missingOf(conditionTexts[id], compares, figures))
    const alternative = { rule, meaning: meanings[rule], outcome, missing }
    if (!possible.some((above) => needsAllOf(alternative, above))) possible.push(alternative)
  }
  return possible.toSorted((a, b) => a.missing.length - b.missing.length)
}

const otherwiseOf = <Facts, ConditionId extends string>(
  { conditionTexts, table }: WordedTable<Facts, ConditionId>,
  facts: Facts
): Pick<Explanation, "otherwise"> => {
  const [decided, next] = table.filter(({ when }) => when.every((condition) => condition.holds(facts)))
  if (next === undefined) return {}
  const asked = new Set(next.when.map(({ id }) => id))
  const own = decided!.when.filter(({ id }) => !asked.has(id))
  // Words do not change one at a time: an attempt that is no longer authorised has another word. Amounts do.
  if (own.some(({ compares }) => compares === undefined)) return {}
  const unless = own.map(({ id }) => conditionTexts[id])
  return { otherwise: { rule: next.id, meaning: meanings[next.id], outcome: next.outcome, unless } }
}

const prospectsOf = <Facts, ConditionId extends string>(
  worded: WordedTable<Facts, ConditionId>,
  facts: Facts,
  { figures, rule }: Outcome["decision"]
): Prospects => {
  const position = worded.table.findIndex(({ id }) => id === rule)
  // A refusal of a legacy set is no row of its table; then nothing in the table would have decided.
  if (position < 0) return { alternatives: [] }
  const above = { ...worded, table: worded.table.slice(0, position) }
  return { alternatives: alternativesOf(above, facts, figures), ...otherwiseOf(worded, facts) }
}

const meanings: Readonly<Record<RuleId, string>> = { ...strictMeanings, ...legacyMeanings }

/** What a rule means, in one sentence. */
export const ruleMeaning = (rule: RuleId): string => meanings[rule]

const prospectsFor = (question: Question, { decision }: Outcome): Prospects => {
  switch (question.policy.rules) {
    case "strict": {
      const worded = { table: strictRules, conditionTexts: strictConditionTexts }
      return prospectsOf(worded, readFacts(question, []), decision)
    }
    case "legacy-2016": {
      const worded = { table: legacy2016Rules, conditionTexts: legacyConditionTexts }
      return prospectsOf(worded, readLegacyFacts(question, "2016"), decision)
    }
    case "legacy-2013": {
      const worded = { table: legacy2013Rules, conditionTexts: legacyConditionTexts }
      return prospectsOf(worded, readLegacyFacts(question, "2013"), decision)
    }
  }
}

/**
 * Decides like {@link reconcile} and says why. Total and pure like it; about ten times the work, so decide
 * with `reconcile` and explain when somebody looks.
 */
export const explain = (question: Question): Explanation => {
  const outcome = reconcile(question)
  const { compared, figures, rule } = outcome.decision
  return {
    ...outcome,
    meaning: meanings[rule],
    because: compared.map((comparison) => Figures.describe(comparison, figures)),
    ...prospectsFor(question, outcome)
  }
}

/**
 * Alternatives that lead to another status. That a report might be refused as a whole is true of every order and tells
 * nobody anything.
 */
export const otherAnswers = (
  alternatives: ReadonlyArray<Alternative>,
  { before, status }: { readonly status: OrderStatus; readonly before: OrderStatus }
): ReadonlyArray<Alternative> =>
  alternatives.filter(({ outcome, rule }) =>
    rule !== "report-refused" && outcome !== status && !(outcome === "keep" && before === status)
  )
