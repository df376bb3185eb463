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
 * Where a rule leads: to a status, to the status the order has (`keep`), to the status the caller asked
 * for (`intended`), to unknown unless it is in a money state, or back into the table below with the order taken as pending (`decide-as-pending`).
 */
export type Outcome = OrderStatus | "keep" | "intended" | "unknown-unless-money-state" | "decide-as-pending"

/** One row of a table. */
export interface Rule<Facts> {
  readonly id: RuleId
  /** One sentence for the reference page. */
  readonly meaning: string
  readonly when: ReadonlyArray<Condition<Facts>>
  readonly outcome: Outcome
}

/** An ordered table; the conditions of the last row always hold. */
export type RuleTable<Facts> = readonly [Rule<Facts>, ...ReadonlyArray<Rule<Facts>>]

const matches = <Facts>(rule: Rule<Facts>, facts: Facts): boolean => {
  const conditions = rule.when
  for (let index = 0; index < conditions.length; index++) {
    if (!conditions[index]!.holds(facts)) return false
  }
  return true
}

/** The first rule of the table whose conditions all hold. */
export const firstMatch = <Facts>(table: RuleTable<Facts>, facts: Facts): Rule<Facts> =>
  // The last row has no conditions, so there always is one.
  table.find((rule) => matches(rule, facts))!

/** The comparisons of a rule's conditions. */
export const comparisonsOf = <Facts>(rule: Rule<Facts>): ReadonlyArray<Comparison> =>
  rule.when.flatMap(({ compares }) => compares === undefined ? [] : [compares])
