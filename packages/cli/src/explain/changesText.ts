/**
 * What would change the answer, as lines for people.
 */
import type { Alternative, Otherwise } from "@docdata/domain"
import { beside } from "../text/wrap.ts"
import { distanceText } from "./distanceText.ts"

/** How many alternatives are shown. */
const shownMax = 3

interface Missing {
  readonly words: string
  readonly byMinor?: number
}

/** What would lead to another status. Amounts are of `currency`. */
export interface Changes {
  readonly alternatives: ReadonlyArray<
    Pick<Alternative, "rule" | "outcome"> & { readonly missing: ReadonlyArray<Missing> }
  >
  readonly otherwise?: Pick<Otherwise, "rule" | "outcome" | "unless">
  readonly currency: string
}

// Outcomes that depend on the order, in words; any other is a status.
const specialOutcomes: ReadonlyMap<string, string> = new Map([
  ["keep", "as it was before"],
  ["intended", "what the caller asked for"],
  ["unknown-unless-money-state", "unknown"],
  ["decide-as-pending", "decided again as pending"]
])

const outcomeText = (outcome: string): string => specialOutcomes.get(outcome) ?? outcome

const missingText = ({ byMinor, words }: Missing, currency: string): string =>
  byMinor === undefined || byMinor === 0 ? words : `${words} (${distanceText(byMinor, currency)})`

/** Begins with an empty line; nothing if there is nothing to say. */
export const changesText = (
  { alternatives, currency, otherwise }: Changes,
  columns: number
): ReadonlyArray<string> => {
  const lines: Array<string> = []
  for (const { missing, outcome, rule } of alternatives.slice(0, shownMax)) {
    lines.push(`  ${outcomeText(outcome)} (${rule}), if`)
    for (const one of missing) lines.push(...beside("    - ", missingText(one, currency), columns))
  }
  if (otherwise !== undefined) {
    lines.push(`  ${outcomeText(otherwise.outcome)} (${otherwise.rule}), if one of these were not so`)
    lines.push(...otherwise.unless.flatMap((words) => beside("    - ", words, columns)))
  }
  return lines.length === 0 ? [] : ["", "What would change the answer", ...lines]
}
