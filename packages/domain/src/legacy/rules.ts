/**
 * The tables of the two legacy rule sets.
 */
import { isClosed, type OrderStatus } from "../OrderStatus.ts"
import type { Condition, Rule, RuleTable } from "../RuleSet.ts"
import type { RuleId } from "../Decision.ts"
import type { LegacyFacts, LegacyWord } from "./LegacyFacts.ts"

/** Outcomes besides a status: the one the order has, or the one the caller asked for. */
export type LegacyOutcome = "keep" | "intended"

const noLines: Condition<LegacyFacts> = { words: "no payment is listed", holds: ({ hasLines }) => !hasLines }

const unclear: Condition<LegacyFacts> = {
  words: "a total besides the registered one is not zero",
  holds: (facts) => facts.unclear
}

const intended: Condition<LegacyFacts> = {
  words: "the caller asked for a status",
  holds: (facts) => facts.intended !== undefined
}

const closed: Condition<LegacyFacts> = {
  words: "the order is cancelled or expired",
  holds: ({ order }) => isClosed(order.status)
}

const totalsSpeak: Condition<LegacyFacts> = {
  words: "an authorised payment lets the totals speak",
  holds: (facts) => facts.totalsSpeak
}

const captured: Condition<LegacyFacts> = {
  words: "enough is captured",
  holds: ({ figures }) => figures.captured >= figures.registered - figures.margin,
  compares: { left: "captured", operator: ">=", right: "registered", less: "margin" }
}

const nothingLeft: Condition<LegacyFacts> = {
  words: "nothing is left",
  holds: ({ figures }) => figures.net === 0,
  compares: { left: "net", operator: "=", right: 0 }
}

const emptyRules2016: ReadonlyArray<Rule<LegacyFacts, LegacyOutcome>> = [
  {
    id: "legacy-unclear-closed",
    meaning: "Money without payments: a closed order stays.",
    when: [noLines, unclear, closed],
    outcome: "keep"
  },
  {
    id: "legacy-unclear-intended",
    meaning: "Money without payments: the caller's wish.",
    when: [noLines, unclear, intended],
    outcome: "intended"
  },
  { id: "legacy-unclear-new", meaning: "Money without payments: new.", when: [noLines, unclear], outcome: "new" },
  {
    id: "legacy-empty-cancelled",
    meaning: "Nothing at all: a cancelled order stays.",
    when: [noLines, { words: "the order is cancelled", holds: ({ order }) => order.status === "cancelled" }],
    outcome: "keep"
  },
  {
    id: "legacy-empty-intended",
    meaning: "Nothing at all: the caller's wish.",
    when: [noLines, intended],
    outcome: "intended"
  },
  {
    id: "legacy-empty-expired",
    meaning: "Nothing at all for too long: expired.",
    when: [noLines, { words: "the order is too old", holds: ({ tooOld }) => tooOld }],
    outcome: "expired"
  }
]

const emptyNew: Rule<LegacyFacts, LegacyOutcome> = {
  id: "legacy-empty-new",
  meaning: "Nothing at all: new.",
  when: [noLines],
  outcome: "new"
}

const totalsRules = (returnedInPart: OrderStatus): ReadonlyArray<Rule<LegacyFacts, LegacyOutcome>> => [
  {
    id: "legacy-totals-paid",
    meaning: "Captured, and enough of it is left.",
    when: [totalsSpeak, captured, {
      words: "enough is left",
      holds: ({ figures }) => figures.net >= figures.registered - figures.margin,
      compares: { left: "net", operator: ">=", right: "registered", less: "margin" }
    }],
    outcome: "paid"
  },
  {
    id: "legacy-totals-charged-back",
    meaning: "All that was captured was charged back.",
    when: [totalsSpeak, captured, nothingLeft, {
      words: "as much was charged back as captured",
      holds: ({ figures }) => figures.captured === figures.chargedBack,
      compares: { left: "captured", operator: "=", right: "chargedBack" }
    }],
    outcome: "charged_back"
  },
  {
    id: "legacy-totals-refunded",
    meaning: "All that was captured was refunded.",
    when: [totalsSpeak, captured, nothingLeft, {
      words: "as much was refunded as captured",
      holds: ({ figures }) => figures.captured === figures.refunded,
      compares: { left: "captured", operator: "=", right: "refunded" }
    }],
    outcome: "refunded"
  },
  {
    id: "legacy-totals-returned-in-part",
    meaning: "A part of what was captured was returned.",
    when: [totalsSpeak, captured, {
      words: "something is left",
      holds: ({ figures }) => figures.net > 0,
      compares: { left: "net", operator: ">", right: 0 }
    }],
    outcome: returnedInPart
  },
  {
    id: "legacy-totals-negative",
    meaning: "More was returned than captured.",
    when: [totalsSpeak, captured, {
      words: "less than nothing is left",
      holds: ({ figures }) => figures.net < 0,
      compares: { left: "net", operator: "<", right: 0 }
    }],
    outcome: "unknown"
  }
]

const stayClosed: Rule<LegacyFacts, LegacyOutcome> = {
  id: "legacy-stay-closed",
  meaning: "A closed order does not go back to new or in progress.",
  when: [closed, {
    words: "the last payment says new or in progress",
    holds: ({ lastWord }) => lastWord === "new" || lastWord === "in_progress"
  }],
  outcome: "keep"
}

const lastWordIs = (id: RuleId, word: LegacyWord): Rule<LegacyFacts, LegacyOutcome> => ({
  id,
  meaning: `The status word of the last payment stands for ${word}.`,
  when: [{ words: `the last payment says ${word}`, holds: ({ lastWord }) => lastWord === word }],
  outcome: word
})

const wordRules: ReadonlyArray<Rule<LegacyFacts, LegacyOutcome>> = [
  lastWordIs("legacy-word-new", "new"),
  lastWordIs("legacy-word-in-progress", "in_progress"),
  lastWordIs("legacy-word-pending", "pending"),
  lastWordIs("legacy-word-cancelled", "cancelled"),
  lastWordIs("legacy-word-charged-back", "charged_back"),
  lastWordIs("legacy-word-paid", "paid"),
  {
    id: "legacy-word-unknown",
    meaning: "The status word of the last payment is not in the table.",
    when: [],
    outcome: "unknown"
  }
]

/** The generation of 2015-03. */
export const legacy2016Rules: RuleTable<LegacyFacts, LegacyOutcome> = [
  ...emptyRules2016,
  emptyNew,
  ...totalsRules("paid_refunded"),
  stayClosed,
  ...wordRules
]

/** The generation of 2014-04: no intention, no expiry, no margin, no stay rule; a partial return is unknown. */
export const legacy2013Rules: RuleTable<LegacyFacts, LegacyOutcome> = [
  emptyNew,
  ...totalsRules("unknown"),
  ...wordRules
]
