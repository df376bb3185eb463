/**
 * The tables of the two legacy rule sets.
 */
import { isClosed, type OrderStatus } from "../OrderStatus.ts"
import type { Condition, Rule, RuleTable } from "../RuleSet.ts"
import type { RuleId } from "../Decision.ts"
import type { LegacyConditionId } from "../texts/legacyTexts.ts"
import type { LegacyFacts, LegacyStatus } from "./LegacyFacts.ts"

/** Outcomes besides a status: the one the order has, or the one the caller asked for. */
export type LegacyOutcome = "keep" | "intended"

const noLines: Condition<LegacyFacts, LegacyConditionId> = { id: "no-lines", holds: ({ hasLines }) => !hasLines }

const unclear: Condition<LegacyFacts, LegacyConditionId> = {
  id: "unclear",
  holds: (facts) => facts.unclear
}

const intended: Condition<LegacyFacts, LegacyConditionId> = {
  id: "intended",
  holds: (facts) => facts.intended !== undefined
}

const closed: Condition<LegacyFacts, LegacyConditionId> = {
  id: "closed",
  holds: ({ order }) => isClosed(order.status)
}

const totalsSpeak: Condition<LegacyFacts, LegacyConditionId> = {
  id: "totals-speak",
  holds: (facts) => facts.totalsSpeak
}

const captured: Condition<LegacyFacts, LegacyConditionId> = {
  id: "enough-captured",
  holds: ({ figures }) => figures.captured >= figures.registered - figures.margin,
  compares: { left: "captured", operator: ">=", right: "registered", less: "margin" }
}

const nothingLeft: Condition<LegacyFacts, LegacyConditionId> = {
  id: "nothing-left",
  holds: ({ figures }) => figures.net === 0,
  compares: { left: "net", operator: "=", right: 0 }
}

const emptyRules2016: ReadonlyArray<Rule<LegacyFacts, LegacyConditionId, LegacyOutcome>> = [
  {
    id: "legacy-unclear-closed",
    when: [noLines, unclear, closed],
    outcome: "keep"
  },
  {
    id: "legacy-unclear-intended",
    when: [noLines, unclear, intended],
    outcome: "intended"
  },
  { id: "legacy-unclear-new", when: [noLines, unclear], outcome: "new" },
  {
    id: "legacy-empty-cancelled",
    when: [noLines, { id: "cancelled", holds: ({ order }) => order.status === "cancelled" }],
    outcome: "keep"
  },
  {
    id: "legacy-empty-intended",
    when: [noLines, intended],
    outcome: "intended"
  },
  {
    id: "legacy-empty-expired",
    when: [noLines, { id: "too-old", holds: ({ tooOld }) => tooOld }],
    outcome: "expired"
  }
]

const emptyNew: Rule<LegacyFacts, LegacyConditionId, LegacyOutcome> = {
  id: "legacy-empty-new",
  when: [noLines],
  outcome: "new"
}

const totalsRules = (
  returnedInPart: OrderStatus
): ReadonlyArray<Rule<LegacyFacts, LegacyConditionId, LegacyOutcome>> => [
  {
    id: "legacy-totals-paid",
    when: [totalsSpeak, captured, {
      id: "enough-left",
      holds: ({ figures }) => figures.net >= figures.registered - figures.margin,
      compares: { left: "net", operator: ">=", right: "registered", less: "margin" }
    }],
    outcome: "paid"
  },
  {
    id: "legacy-totals-charged-back",
    when: [totalsSpeak, captured, nothingLeft, {
      id: "all-charged-back",
      holds: ({ figures }) => figures.captured === figures.chargedBack,
      compares: { left: "captured", operator: "=", right: "chargedBack" }
    }],
    outcome: "charged_back"
  },
  {
    id: "legacy-totals-refunded",
    when: [totalsSpeak, captured, nothingLeft, {
      id: "all-refunded",
      holds: ({ figures }) => figures.captured === figures.refunded,
      compares: { left: "captured", operator: "=", right: "refunded" }
    }],
    outcome: "refunded"
  },
  {
    id: "legacy-totals-returned-in-part",
    when: [totalsSpeak, captured, {
      id: "something-left",
      holds: ({ figures }) => figures.net > 0,
      compares: { left: "net", operator: ">", right: 0 }
    }],
    outcome: returnedInPart
  },
  {
    id: "legacy-totals-negative",
    when: [totalsSpeak, captured, {
      id: "less-than-nothing-left",
      holds: ({ figures }) => figures.net < 0,
      compares: { left: "net", operator: "<", right: 0 }
    }],
    outcome: "unknown"
  }
]

const stayClosed: Rule<LegacyFacts, LegacyConditionId, LegacyOutcome> = {
  id: "legacy-stay-closed",
  when: [closed, {
    id: "word-early",
    holds: ({ lastStatus }) => lastStatus === "new" || lastStatus === "in_progress"
  }],
  outcome: "keep"
}

const lastStatusIs = (id: RuleId, word: LegacyStatus): Rule<LegacyFacts, LegacyConditionId, LegacyOutcome> => ({
  id,
  when: [{ id: `word-${word}`, holds: ({ lastStatus }) => lastStatus === word }],
  outcome: word
})

const statusRules: ReadonlyArray<Rule<LegacyFacts, LegacyConditionId, LegacyOutcome>> = [
  lastStatusIs("legacy-word-new", "new"),
  lastStatusIs("legacy-word-in-progress", "in_progress"),
  lastStatusIs("legacy-word-pending", "pending"),
  lastStatusIs("legacy-word-cancelled", "cancelled"),
  lastStatusIs("legacy-word-charged-back", "charged_back"),
  lastStatusIs("legacy-word-paid", "paid"),
  {
    id: "legacy-word-unknown",
    when: [],
    outcome: "unknown"
  }
]

/** The generation of 2015-03. */
export const legacy2016Rules: RuleTable<LegacyFacts, LegacyConditionId, LegacyOutcome> = [
  ...emptyRules2016,
  emptyNew,
  ...totalsRules("paid_refunded"),
  stayClosed,
  ...statusRules
]

/** The generation of 2014-04: no intention, no expiry, no margin, no stay rule; a partial return is unknown. */
export const legacy2013Rules: RuleTable<LegacyFacts, LegacyConditionId, LegacyOutcome> = [
  emptyNew,
  ...totalsRules("unknown"),
  ...statusRules
]
