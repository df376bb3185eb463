/**
 * Which of the rules that did not decide are worth telling.
 */
import type { Alternative, Explanation } from "@docdata/domain"

/** How many are shown. */
const shownMax = 3

const leadsElsewhere = ({ outcome }: Alternative, { decision, order }: Explanation): boolean =>
  outcome !== decision.status && !(outcome === "keep" && order.status === decision.status)

/**
 * The nearest alternatives that lead to another status. That a report might be refused as a whole is true of every order and tells nobody anything.
 */
export const nearest = (explanation: Explanation): ReadonlyArray<Alternative> =>
  explanation.alternatives
    .filter((alternative) => alternative.rule !== "report-refused" && leadsElsewhere(alternative, explanation))
    .slice(0, shownMax)
