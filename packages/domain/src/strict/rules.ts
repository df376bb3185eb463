/**
 * The strict rules: the table that decides, row by row.
 *
 * Base: section 5 of the reference's recommended procedure, with the guards of the kernel: money states
 * end only on money evidence, closed orders reopen only for money, one unfinished attempt does not keep an
 * order alive for ever, a cancel counts when the provider confirmed it.
 */
import type { Condition, RuleTable } from "../RuleSet.ts"
import { type Facts, hasMoneyState, isUntouched, opensMoney, staysClosed } from "./Facts.ts"

const somethingStandsBehind: Condition<Facts> = {
  words: "an authorised attempt stands behind the money, or one whose word claims payment that the totals confirm",
  holds: opensMoney
}

const registeredSomething: Condition<Facts> = {
  words: "the registered amount is above zero",
  holds: ({ figures }) => figures.registered > 0,
  compares: { left: "registered", operator: ">", right: 0 }
}

const covered: Condition<Facts> = {
  words: "the order is covered as the paid policy asks",
  holds: ({ figures }) => figures.paidCover >= figures.registered - figures.margin,
  compares: { left: "paidCover", operator: ">=", right: "registered", less: "margin" }
}

const somethingKept: Condition<Facts> = {
  words: "something is left after refunds and chargebacks",
  holds: ({ figures }) => figures.kept > 0,
  compares: { left: "kept", operator: ">", right: 0 }
}

const moneyState: Condition<Facts> = { words: "the order is in a money state", holds: hasMoneyState }

const noAttempt: Condition<Facts> = { words: "there is no attempt", holds: ({ newest }) => newest === "none" }

const newestIs = (words: string, newest: Facts["newest"]): Condition<Facts> => ({
  words: `the newest attempt ${words}`,
  holds: (facts) => facts.newest === newest
})

/**
 * Outcomes besides a status: the one the order has, `unknown` unless that is a money state, or what the
 * table says once the order is taken as pending.
 */
export type StrictOutcome = "keep" | "unknown-unless-money-state" | "decide-as-pending"

/** The table. Read from the top; the first row whose conditions all hold decides. */
export const strictRules: RuleTable<Facts, StrictOutcome> = [
  {
    id: "report-refused",
    meaning: "The report contradicts itself or holds impossible amounts: the order stays as it is.",
    when: [{ words: "the report is refused", holds: ({ refusal }) => refusal !== undefined }],
    outcome: "keep"
  },
  {
    id: "zero-order-paid",
    meaning: "An order of nothing is paid by an authorisation of nothing.",
    when: [
      {
        words: "nothing is registered",
        holds: ({ figures }) => figures.registered === 0,
        compares: { left: "registered", operator: "=", right: 0 }
      },
      {
        words: "the order itself costs nothing",
        holds: ({ figures }) => figures.gross === 0,
        compares: { left: "gross", operator: "=", right: 0 }
      },
      {
        words: "nothing was captured or returned and no attempt carries money",
        holds: (facts) => !facts.carriesMoney && isUntouched(facts)
      },
      { words: "an attempt is authorised", holds: ({ authorizedCount }) => authorizedCount > 0 }
    ],
    outcome: "paid"
  },
  {
    id: "registered-below-gross",
    meaning: "Covered, but the provider registered less than the order costs: not paid. A money state stays.",
    when: [
      somethingStandsBehind,
      registeredSomething,
      covered,
      somethingKept,
      {
        words: "the registered amount is below what the order costs",
        holds: ({ figures }) => figures.gross !== undefined && figures.registered < figures.gross,
        compares: { left: "registered", operator: "<", right: "gross" }
      }
    ],
    outcome: "unknown-unless-money-state"
  },
  {
    id: "paid-in-full",
    meaning: "Covered, and nothing was returned, or no more than the surplus.",
    when: [
      somethingStandsBehind,
      registeredSomething,
      covered,
      {
        words: "nothing was returned, or what is left still covers the registered amount",
        holds: ({ figures }) => figures.refunded + figures.chargedBack === 0 || figures.kept >= figures.registered
      }
    ],
    outcome: "paid"
  },
  {
    id: "paid-partly-returned",
    meaning: "Covered, and a part was refunded or charged back.",
    when: [somethingStandsBehind, registeredSomething, covered, somethingKept],
    outcome: "paid_refunded"
  },
  {
    id: "all-returned-charged-back",
    meaning: "Covered once, nothing is left, and the bank took at least a part.",
    when: [
      somethingStandsBehind,
      registeredSomething,
      covered,
      {
        words: "something was charged back",
        holds: ({ figures }) => figures.chargedBack > 0,
        compares: { left: "chargedBack", operator: ">", right: 0 }
      }
    ],
    outcome: "charged_back"
  },
  {
    id: "all-returned-refunded",
    meaning: "Covered once, and all of it was refunded.",
    when: [somethingStandsBehind, registeredSomething, covered],
    outcome: "refunded"
  },
  {
    id: "charge-back-word",
    meaning: "The newest attempt says that the bank took the money back; hiding that is worse than a stopped parcel.",
    when: [newestIs("says charged back", "charged-back")],
    outcome: "charged_back"
  },
  {
    id: "lost-promise",
    meaning: "Paid on a promise that was never captured, and every attempt is over: the order counts as pending again.",
    when: [
      moneyState,
      { words: "captured money never covered the order", holds: ({ order }) => order.coveredByCapture === false },
      {
        words: "nothing is captured",
        holds: ({ figures }) => figures.captured === 0,
        compares: { left: "captured", operator: "=", right: 0 }
      },
      { words: "every attempt is voided, failed or cancelled", holds: ({ allOver }) => allOver }
    ],
    outcome: "decide-as-pending"
  },
  {
    id: "kept-money-state",
    meaning:
      "The order was paid or returned, and the report shows no money evidence to the contrary: the status stays.",
    when: [moneyState],
    outcome: "keep"
  },
  {
    id: "cancel-accepted",
    meaning: "The cancel was confirmed, and nothing is authorised or captured.",
    when: [
      { words: "a cancel was asked and confirmed", holds: ({ cancelAccepted }) => cancelAccepted },
      {
        words: "nothing is authorised or captured and no attempt refused the cancel, or there is no attempt",
        holds: (facts) =>
          facts.newest === "none" ||
          (facts.authorizedCount === 0 && facts.totals.captured === 0 && !facts.cancelFailed)
      }
    ],
    outcome: "cancelled"
  },
  {
    id: "expired-as-asked",
    meaning: "The caller knows that the order is over, and there is no attempt.",
    when: [
      { words: "expiry was asked", holds: ({ intent }) => intent?.wanted === "expired" },
      noAttempt,
      { words: "the order is not cancelled", holds: ({ prior }) => prior !== "cancelled" }
    ],
    outcome: "expired"
  },
  {
    id: "kept-closed-state",
    meaning: "A cancelled or expired order reopens only for money, and never to an earlier state.",
    when: [{ words: "the order is closed and nothing reopens it", holds: staysClosed }],
    outcome: "keep"
  },
  {
    id: "money-may-be-held",
    meaning: "An attempt is authorised or may hold money, but the order is not covered.",
    when: [{
      words: "an attempt is authorised or may hold money",
      holds: ({ authorizedCount, mayHoldMoney }) => authorizedCount > 0 || mayHoldMoney
    }],
    outcome: "pending"
  },
  {
    id: "expired-unfinished",
    meaning: "Nobody finished paying within the days an order may take.",
    when: [
      {
        words: "the order is older than it may be",
        holds: ({ ageMs, expireAfterMs }) => ageMs > expireAfterMs
      },
      { words: "no total besides the registered one shows anything", holds: isUntouched },
      {
        words: "the newest attempt is neither cancelled nor of an unknown word",
        holds: ({ newest }) => newest !== "cancelled" && newest !== "unknown"
      }
    ],
    outcome: "expired"
  },
  {
    id: "attempt-redirected",
    meaning: "The shopper is at the bank or the acquirer.",
    when: [newestIs("is redirected or authenticated", "redirected")],
    outcome: "in_progress"
  },
  {
    id: "attempt-open",
    meaning: "The newest attempt has hardly begun.",
    when: [newestIs("has hardly begun", "open")],
    outcome: "new"
  },
  {
    id: "attempt-failed",
    meaning: "The newest attempt failed; the shopper may try again.",
    when: [newestIs("failed", "failed")],
    outcome: "new"
  },
  {
    id: "attempt-cancelled",
    meaning: "The newest attempt was cancelled or voided, and no other holds money.",
    when: [newestIs("is cancelled or voided", "cancelled")],
    outcome: "cancelled"
  },
  {
    id: "attempt-unknown-word",
    meaning: "The newest attempt has a status word nobody knows.",
    when: [newestIs("has a word nobody knows", "unknown")],
    outcome: "unknown"
  },
  {
    id: "no-attempt-unclear-totals",
    meaning: "The totals show money, but there is no attempt: the order counts as new, with an error.",
    when: [{ words: "a total besides the registered one shows money", holds: (facts) => !isUntouched(facts) }],
    outcome: "new"
  },
  {
    id: "no-attempt-new",
    meaning: "The shopper has not chosen a method yet.",
    when: [],
    outcome: "new"
  }
]
