/**
 * The strict rules in words: what each row of the table means, and what each condition asks.
 */
import type { StrictRuleId } from "../Decision.ts"

/** One sentence for every rule. */
export const strictMeanings: Readonly<Record<StrictRuleId, string>> = {
  "report-refused": "The report contradicts itself or holds impossible amounts: the order stays as it is.",
  "wrong-currency":
    "The totals are in a currency that the order does not have: nothing they say is about it. A money state stays.",
  "zero-order-paid": "An order of nothing is paid by an authorisation of nothing.",
  "registered-below-gross":
    "Covered, but the provider registered less than the order costs: not paid. A money state stays.",
  "paid-in-full": "Covered, and nothing was returned, or no more than the surplus.",
  "paid-partly-returned": "Covered, and a part was refunded or charged back.",
  "all-returned-charged-back":
    "Covered once, or paid in part with nothing more to come: nothing is left, and the bank took at least a part.",
  "all-returned-refunded": "Covered once, or paid in part with nothing more to come: all of it was refunded.",
  "charge-back-word":
    "The newest attempt that is not failed or cancelled says that the bank took the money back; hiding that is worse than a stopped parcel.",
  "lost-promise":
    "Paid on a promise that was never captured, and what may still come is not enough: the order counts as pending again.",
  "kept-money-state":
    "The order was paid or returned, and the report shows no money evidence to the contrary: the status stays.",
  "cancel-accepted": "The cancel was confirmed, and nothing is authorised or captured.",
  "expired-as-asked": "The caller knows that the order is over, and there is no attempt.",
  "kept-closed-state": "A cancelled or expired order reopens only for money, and never to an earlier state.",
  "money-may-be-held": "An attempt is authorised or may hold money, but the order is not covered.",
  "expired-unfinished": "Nobody finished paying within the days an order may take.",
  "attempt-redirected": "The shopper is at the bank or the acquirer.",
  "attempt-open": "The newest attempt has hardly begun.",
  "attempt-failed": "The newest attempt failed; the shopper may try again.",
  "attempt-cancelled": "The newest attempt was cancelled or voided, and no other holds money.",
  "attempt-unknown-word": "The newest attempt has a status word nobody knows.",
  "no-attempt-unclear-totals":
    "The totals show money, but there is no attempt: the order counts as new, with an error.",
  "no-attempt-new": "The shopper has not chosen a method yet."
}

/** What a condition asks, as a clause: "there is no attempt". */
export const strictConditionTexts = {
  "money-backed":
    "an authorised attempt stands behind the money, or one whose word claims payment that the totals confirm",
  "something-registered": "the registered amount is above zero",
  covered: "the order is covered as the paid policy asks",
  "something-kept": "something is left after refunds and chargebacks",
  "money-state": "the order is in a money state",
  "no-attempt": "there is no attempt",
  refused: "the report is refused",
  "nothing-registered": "nothing is registered",
  "costs-nothing": "the order itself costs nothing",
  "no-money-anywhere": "nothing was captured or returned and no attempt carries money",
  authorized: "an attempt is authorised",
  "registered-too-little": "the registered amount is below what the order costs",
  "nothing-due-returned": "nothing was returned, or what is left still covers the registered amount",
  "charged-back": "something was charged back",
  "never-captured": "captured money never covered the order",
  "promise-gone": "what is captured and what may still be captured is less than what is due",
  "totals-in-another-currency": "the totals are in a currency that the order does not have",
  "not-closed": "the order is not closed",
  "paid-before":
    "the order is covered as the paid policy asks, or a part was captured, all of it went back and nothing more may come",
  "cancel-confirmed": "a cancel was asked and confirmed",
  cancellable: "nothing is authorised or captured and no attempt refused the cancel, or there is no attempt",
  "expiry-asked": "expiry was asked",
  "not-cancelled": "the order is not cancelled",
  "stays-closed": "the order is closed and nothing reopens it",
  "may-hold-money": "an attempt is authorised or may hold money",
  "too-old": "the order is older than it may be",
  untouched: "no total besides the registered one shows anything",
  "newest-unfinished": "the newest attempt is neither cancelled nor of an unknown word",
  touched: "a total besides the registered one shows money",
  "charge-back-reported": "the newest attempt that is not failed or cancelled says charged back",
  "newest-redirected": "the newest attempt is redirected or authenticated",
  "newest-open": "the newest attempt has hardly begun",
  "newest-failed": "the newest attempt failed",
  "newest-cancelled": "the newest attempt is cancelled or voided",
  "newest-unknown": "the newest attempt has a word nobody knows"
} as const

/** Name of a condition of the strict table. */
export type StrictConditionId = keyof typeof strictConditionTexts
