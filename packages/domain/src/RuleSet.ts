/**
 * Rules as data: an ordered table, read from the top; the first rule whose conditions all hold decides.
 *
 * The same table is the code that decides, the reference page that people read, and the source of "what
 * would change the answer". Its words stand apart, in `words/`, so that deciding alone does not carry them.
 */
import type { RuleId } from "./Decision.ts"
import type { Comparison } from "./Figures.ts"
import type { OrderStatus } from "./OrderStatus.ts"

/** One condition over the facts of a report. */
export interface Condition<Facts, Id extends string> {
  /** Its name in the catalogue of words. */
  readonly id: Id
  readonly holds: (facts: Facts) => boolean
  /** The comparison behind it, if amounts decide. */
  readonly compares?: Comparison
}

/**
 * One row of a table. It leads to a status, or to `Special`, an outcome of that table which depends on the
 * order, such as `keep` for the status it has.
 */
export interface Rule<Facts, ConditionId extends string, Special extends string> {
  readonly id: RuleId
  readonly when: ReadonlyArray<Condition<Facts, ConditionId>>
  readonly outcome: OrderStatus | Special
}

/** An ordered table whose last row has no conditions, so that some row always decides. */
export type RuleTable<Facts, ConditionId extends string, Special extends string> = ReadonlyArray<
  Rule<Facts, ConditionId, Special>
>

const matches = <Facts>(conditions: ReadonlyArray<Condition<Facts, string>>, facts: Facts): boolean => {
  for (const condition of conditions) if (!condition.holds(facts)) return false
  return true
}

/** The position of the first rule of the table whose conditions all hold. */
export const firstMatch = <Facts>(table: RuleTable<Facts, string, string>, facts: Facts): number => {
  let position = 0
  // The last row has no conditions, so the search ends there at the latest.
  while (!matches(table[position]!.when, facts)) position++
  return position
}

/** The comparisons of a rule's conditions. */
export const comparisonsOf = ({ when }: Rule<never, string, string>): ReadonlyArray<Comparison> =>
  when.flatMap(({ compares }) => compares === undefined ? [] : [compares])
