/**
 * Rules as data: an ordered table, read from the top; the first rule whose conditions all hold decides.
 *
 * The same table is the code that decides, the reference page that people read, and the source of "what
 * would change the answer".
 */
import type { RuleId } from "./Decision.ts"
import type { Comparison } from "./Figures.ts"
import type { OrderStatus } from "./OrderStatus.ts"

/** One condition over the facts of a report. */
export interface Condition<Facts> {
  /** What must be the case, as a clause: "the captured money covers the order". */
  readonly words: string
  readonly holds: (facts: Facts) => boolean
  /** The comparison behind it, if amounts decide. */
  readonly compares?: Comparison
}

/**
 * One row of a table. It leads to a status, or to `Special`, an outcome of that table which depends on the
 * order, such as `keep` for the status it has.
 */
export interface Rule<Facts, Special extends string> {
  readonly id: RuleId
  /** One sentence for the reference page. */
  readonly meaning: string
  readonly when: ReadonlyArray<Condition<Facts>>
  readonly outcome: OrderStatus | Special
}

/** An ordered table whose last row has no conditions, so that some row always decides. */
export type RuleTable<Facts, Special extends string> = ReadonlyArray<Rule<Facts, Special>>

const matches = <Facts>(conditions: ReadonlyArray<Condition<Facts>>, facts: Facts): boolean => {
  for (const condition of conditions) if (!condition.holds(facts)) return false
  return true
}

/** The first rule of the table whose conditions all hold. */
export const firstMatch = <Facts, Special extends string>(
  table: RuleTable<Facts, Special>,
  facts: Facts
): Rule<Facts, Special> =>
  // The last row has no conditions, so there always is one.
  table.find((rule) => matches(rule.when, facts))!

/** The comparisons of a rule's conditions. */
export const comparisonsOf = ({ when }: Rule<never, string>): ReadonlyArray<Comparison> =>
  when.flatMap(({ compares }) => compares === undefined ? [] : [compares])
