/**
 * What every finding means and what an operator should do, in words.
 *
 * Apart from the findings themselves: whoever only decides needs no words.
 */
import type { Finding } from "../Finding.ts"

/** One entry of the catalogue. */
export interface FindingEntry {
  readonly meaning: string
  /** What an operator should do. */
  readonly action: string
}

/** Meaning and advice for every kind of finding. */
export const findingCatalogue: Readonly<Record<Finding["kind"], FindingEntry>> = {
  "report-refused": {
    meaning: "The report contradicts itself or holds impossible amounts; nothing was taken from it.",
    action: "Ask for the status again; if it stays, send the stored report to the provider."
  },
  "registered-below-gross": {
    meaning: "The provider registered less than the order costs, so paying it does not pay the order.",
    action: "Compare the created amount with the order; cancel and create the order again."
  },
  "money-vanished": {
    meaning: "The order was paid, and the report no longer shows the money.",
    action: "Do not ship. Ask for the status again and look the payment up in the provider's back office."
  },
  "capture-failed": {
    meaning: "An authorised amount could not be captured and nothing else covers the order.",
    action: "Capture again, or ask the shopper to pay again."
  },
  "report-without-lines": {
    meaning: "The totals show money, but the report lists no payment.",
    action: "Ask for the status again; if it stays, ask the provider which payment the totals speak of."
  },
  "unclaimed-money": {
    meaning: "Money is captured, but no attempt of the report stands behind it, so the order is not paid.",
    action: "Ask for the status again; if it stays, ask the provider whose money it is, and refund it."
  },
  "returned-more-than-captured": {
    meaning: "Refunds and chargebacks together exceed what was captured.",
    action: "Check for a refund of an amount that the bank took back as well."
  },
  "lines-above-totals": {
    meaning: "In some currency the payments show more than the totals say.",
    action: "Ask for the status again; trust neither figure for the books until they agree."
  },
  "wrong-currency": {
    meaning:
      "The totals are in a currency that the order does not have: it was created in another one than the shop meant.",
    action: "Do not ship. Compare the order with what was created at the provider; cancel it there and create it again."
  },
  "foreign-payment-id": {
    meaning: "A payment of this report is stored under another order; it was neither counted nor written.",
    action: "Find out which order the payment belongs to before shipping either."
  },
  "cancel-not-confirmed": {
    meaning: "A cancel was asked, and the order is not cancelled.",
    action: "Read the payments: cancel again, or refund what was captured."
  },
  "paid-after-close": {
    meaning: "Money arrived after the order was cancelled or expired.",
    action: "Decide: deliver after all, or refund. Then clear the hold."
  },
  "registered-above-gross": {
    meaning: "The provider registered more than the order costs.",
    action: "Compare the created amount with the order; refund the difference once paid."
  },
  overpaid: {
    meaning: "More is kept than was registered, often a second payment.",
    action: "Refund the surplus."
  },
  underpaid: {
    meaning: "Something was paid, but not enough.",
    action: "Ask the shopper for the outstanding amount, or refund."
  },
  "within-margin": {
    meaning: "The order counts as covered although converted amounts fall short within the margin.",
    action: "Nothing, unless it happens often: then check the margin of the currency."
  },
  "partial-chargeback": {
    meaning: "The bank took a part of the money back.",
    action: "Answer the chargeback; call the goods back if it is not answered."
  },
  voided: {
    meaning: "An authorisation was given up before capture; it keeps the word AUTHORIZED.",
    action: "Nothing, unless the order was meant to be delivered."
  },
  "lines-below-totals": {
    meaning: "The payments show less than the totals say, and none is in another currency.",
    action: "Nothing; tell the provider if it stays."
  },
  "mixed-currencies": {
    meaning: "Payments are in several currencies, so the totals are converted and approximate.",
    action: "Book from the payments, never from the totals."
  },
  "unknown-status-word": {
    meaning: "An attempt has a status word nobody knows.",
    action: "Look for a newer release of this package; tell its maintainers the word."
  },
  "unknown-capture-word": {
    meaning: "A capture or confidence word is new; the authorised amount of that payment does not count.",
    action: "Look for a newer release of this package; tell its maintainers the word."
  },
  "unknown-refund-status": {
    meaning: "A refund has a status that nobody knows; its amount counts as on its way back.",
    action: "Look the refund up in the provider's back office, and report the status, so that it gets its meaning."
  },
  "unknown-chargeback-status": {
    meaning: "A chargeback has a status that nobody knows; its amount counts as on its way back.",
    action: "Look the chargeback up in the provider's back office, and report the status, so that it gets its meaning."
  },
  "paid-after-cancelled-payment": {
    meaning: "The shopper cancelled one payment and then paid by another.",
    action: "Nothing."
  },
  "rate-drift": {
    meaning: "The order was covered when it was paid; since then only the daily rate of its currency moved.",
    action: "Nothing."
  },
  "captured-in-part": {
    meaning: "A part of an authorised payment is captured; the rest is still authorised.",
    action: "Capture the rest when the next parcel leaves, before the authorisation lapses (cards: 7 days)."
  },
  "duplicate-payment-id": {
    meaning: "The same payment is listed twice with the same contents; it counts once.",
    action: "Nothing."
  },
  "payment-method-changed": {
    meaning: "A payment that is stored with one method is reported with another.",
    action: "Nothing, unless fees depend on the method."
  },
  "capture-due": {
    meaning:
      "A card was authorised more than five days ago, and not all of it is captured: authorisations lapse after seven days.",
    action: "Capture what you deliver, or cancel the order."
  },
  "stuck-pending": {
    meaning: "The order is pending for longer than an order may stay unfinished.",
    action: "Look at the payments: capture, cancel, or wait for the bank."
  },
  "total-missing": {
    meaning: "A total was absent and counts as 0.",
    action: "Nothing; older versions leave totals out."
  },
  "text-trimmed": {
    meaning: "Words of a payment held blanks, line breaks or too many characters and were cut.",
    action: "Nothing."
  },
  "order-status-unknown": {
    meaning: "Legacy rules: the caller asked for a status that does not exist.",
    action: "Correct the caller."
  },
  "unclear-totals": {
    meaning: "Legacy rules: the totals show money, but the report lists no payment.",
    action: "Ask for the status again."
  },
  "negative-sum": {
    meaning: "Legacy rules: captured less refunded and charged back does not fit any status.",
    action: "Read the payments."
  },
  "unhandled-totals": {
    meaning: "Legacy rules: the totals fit no status of that generation.",
    action: "Read the payments."
  },
  "total-mismatch": {
    meaning: "Legacy rules: the registered amount is not what the order costs.",
    action: "Compare the created amount with the order."
  },
  "legacy-unknown-status-word": {
    meaning: "Legacy rules: an attempt changed to a status word that generation does not document.",
    action: "Nothing."
  },
  "legacy-payment-method-changed": {
    meaning: "Legacy rules: a stored payment is reported with another method.",
    action: "Nothing."
  },
  "legacy-report-refused": {
    meaning: "Legacy rules: the report lacks what that generation could not do without.",
    action: "Decide this order with the strict rules."
  }
}
