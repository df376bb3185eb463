/**
 * The rules of the two legacy sets in words.
 */
import type { LegacyRuleId } from "../Decision.ts"

/** One sentence for every rule. */
export const legacyMeanings: Readonly<Record<LegacyRuleId, string>> = {
  "legacy-unclear-closed": "Money without payments: a closed order stays.",
  "legacy-unclear-intended": "Money without payments: the caller's request.",
  "legacy-unclear-new": "Money without payments: new.",
  "legacy-empty-cancelled": "Nothing at all: a cancelled order stays.",
  "legacy-empty-intended": "Nothing at all: the caller's request.",
  "legacy-empty-expired": "Nothing at all for too long: expired.",
  "legacy-empty-new": "Nothing at all: new.",
  "legacy-totals-paid": "Captured, and enough of it is left.",
  "legacy-totals-charged-back": "All that was captured was charged back.",
  "legacy-totals-refunded": "All that was captured was refunded.",
  "legacy-totals-returned-in-part": "A part of what was captured was returned.",
  "legacy-totals-negative": "More was returned than captured.",
  "legacy-stay-closed": "A closed order does not go back to new or in progress.",
  "legacy-word-unknown": "The status word of the last payment is not in the table.",
  "legacy-word-new": "The status word of the last payment stands for new.",
  "legacy-word-in-progress": "The status word of the last payment stands for in_progress.",
  "legacy-word-pending": "The status word of the last payment stands for pending.",
  "legacy-word-cancelled": "The status word of the last payment stands for cancelled.",
  "legacy-word-charged-back": "The status word of the last payment stands for charged_back.",
  "legacy-word-paid": "The status word of the last payment stands for paid.",
  "legacy-report-refused": "The report lacks what that generation could not do without: the order stays."
}

/** What a condition asks, as a clause. */
export const legacyConditionTexts = {
  "no-lines": "no payment is listed",
  unclear: "a total besides the registered one is not zero",
  intended: "the caller asked for a status",
  closed: "the order is cancelled or expired",
  "totals-speak": "an authorised payment lets the totals speak",
  "enough-captured": "enough is captured",
  "nothing-left": "nothing is left",
  cancelled: "the order is cancelled",
  "too-old": "the order is too old",
  "enough-left": "enough is left",
  "all-charged-back": "as much was charged back as captured",
  "all-refunded": "as much was refunded as captured",
  "something-left": "something is left",
  "less-than-nothing-left": "less than nothing is left",
  "word-early": "the last payment says new or in progress",
  "word-new": "the last payment says new",
  "word-in_progress": "the last payment says in_progress",
  "word-pending": "the last payment says pending",
  "word-cancelled": "the last payment says cancelled",
  "word-charged_back": "the last payment says charged_back",
  "word-paid": "the last payment says paid"
} as const

/** Name of a condition of the legacy tables. */
export type LegacyConditionId = keyof typeof legacyConditionTexts
