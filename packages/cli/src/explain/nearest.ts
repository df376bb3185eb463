/**
 * Which of the rules that did not decide are worth telling.
 */
import type { Alternative, Explanation } from "@docdata/domain"

/** How many are shown. */
const shownMax = 3

const needsAllOf = (farther: Alternative, nearer: Alternative): boolean =>
  nearer.missing.every(({ words }) => farther.missing.some((missing) => missing.words === words))

const leadsElsewhere = ({ outcome }: Alternative, { decision, order }: Explanation): boolean =>
  outcome !== decision.status && !(outcome === "keep" && order.status === decision.status)

/**
 * The nearest alternatives: those that lead to another status and do not need all that a nearer one needs, which
 * would decide first. That a report might be refused as a whole is true of every order and tells nobody anything.
 */
export const nearest = (explanation: Explanation): ReadonlyArray<Alternative> => {
  const shown: Array<Alternative> = []
  for (const alternative of explanation.alternatives) {
    if (shown.length === shownMax) break
    if (alternative.rule === "report-refused" || !leadsElsewhere(alternative, explanation)) continue
    if (!shown.some((nearer) => needsAllOf(alternative, nearer))) shown.push(alternative)
  }
  return shown
}
