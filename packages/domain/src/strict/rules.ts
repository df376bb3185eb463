/**
 * The strict rules: the table that decides, row by row.
 *
 * Base: section 5 of the reference's recommended procedure, with the guards of the kernel: money states
 * end only on money evidence, closed orders reopen only for money, one unfinished attempt does not keep an
 * order alive for ever, a cancel counts when the provider confirmed it. What rules and conditions mean in
 * words stands in `words/strictTexts.ts`, so that deciding alone does not carry them.
 */
import { isUntouched } from "../ApproximateTotals.ts"
import { isPaid } from "../OrderStatus.ts"
import { due } from "../Figures.ts"
import type { Condition, RuleTable } from "../RuleSet.ts"
import type { StrictConditionId } from "../texts/strictTexts.ts"
import { type Facts, hasMoneyState, opensMoney, staysClosed } from "./Facts.ts"

const somethingStandsBehind: Condition<Facts, StrictConditionId> = {
  id: "money-backed",
  holds: opensMoney
}

const registeredSomething: Condition<Facts, StrictConditionId> = {
  id: "something-registered",
  holds: ({ figures }) => figures.registered > 0,
  compares: { left: "registered", operator: ">", right: 0 }
}

const covers = ({ figures }: Facts): boolean => figures.paidCover >= due(figures)

// Of an order that captured money once covered, less is a report that lost some.
const paidInPart = ({ figures, moneyMayCome, order, prior }: Facts): boolean =>
  figures.captured > 0 && figures.kept <= 0 && !moneyMayCome && !(isPaid(prior) && order.coveredByCapture !== false)

const covered: Condition<Facts, StrictConditionId> = {
  id: "covered",
  holds: covers,
  compares: { left: "paidCover", operator: ">=", right: "registered", less: "margin", lessIfKnown: "released" }
}

const somethingKept: Condition<Facts, StrictConditionId> = {
  id: "something-kept",
  holds: ({ figures }) => figures.kept > 0,
  compares: { left: "kept", operator: ">", right: 0 }
}

// A covered order of which something is left was decided above.
const paidBefore: Condition<Facts, StrictConditionId> = {
  id: "paid-before",
  holds: (facts) => covers(facts) || paidInPart(facts)
}

const moneyState: Condition<Facts, StrictConditionId> = { id: "money-state", holds: hasMoneyState }

const noAttempt: Condition<Facts, StrictConditionId> = { id: "no-attempt", holds: ({ newest }) => newest === "none" }

const newestIs = <Newest extends Facts["newest"]>(newest: Newest): Condition<Facts, `newest-${Newest}`> => ({
  id: `newest-${newest}`,
  holds: (facts) => facts.newest === newest
})

/**
 * Outcomes besides a status: the one the order has, `unknown` unless that is a money state, or what the
 * table says once the order is taken as pending.
 */
export type StrictOutcome = "keep" | "unknown-unless-money-state" | "decide-as-pending"

/** The table. Read from the top; the first row whose conditions all hold decides. */
export const strictRules: RuleTable<Facts, StrictConditionId, StrictOutcome> = [
  {
    id: "report-refused",
    when: [{ id: "refused", holds: ({ refusal }) => refusal !== undefined }],
    outcome: "keep"
  },
  {
    id: "wrong-currency",
    when: [
      { id: "totals-in-another-currency", holds: ({ wrongCurrency }) => wrongCurrency },
      { id: "not-closed", holds: (facts) => !staysClosed(facts) }
    ],
    outcome: "unknown-unless-money-state"
  },
  {
    id: "zero-order-paid",
    when: [
      {
        id: "nothing-registered",
        holds: ({ figures }) => figures.registered === 0,
        compares: { left: "registered", operator: "=", right: 0 }
      },
      {
        id: "costs-nothing",
        holds: ({ figures }) => figures.gross === 0,
        compares: { left: "gross", operator: "=", right: 0 }
      },
      {
        id: "no-money-anywhere",
        holds: (facts) => !facts.carriesMoney && isUntouched(facts.totals)
      },
      { id: "authorized", holds: ({ authorizedCount }) => authorizedCount > 0 }
    ],
    outcome: "paid"
  },
  {
    id: "registered-below-gross",
    when: [
      {
        id: "registered-too-little",
        // An order whose amount nobody knows cannot be registered too low.
        holds: ({ figures }) => figures.registered < (figures.gross ?? 0),
        compares: { left: "registered", operator: "<", right: "gross" }
      },
      somethingStandsBehind,
      registeredSomething,
      covered,
      somethingKept
    ],
    outcome: "unknown-unless-money-state"
  },
  {
    id: "paid-in-full",
    when: [
      somethingStandsBehind,
      registeredSomething,
      covered,
      {
        id: "nothing-due-returned",
        holds: ({ figures }) =>
          figures.refunded + figures.chargedBack === 0 || figures.kept >= figures.registered - (figures.released ?? 0)
      }
    ],
    outcome: "paid"
  },
  {
    id: "paid-partly-returned",
    when: [somethingStandsBehind, registeredSomething, covered, somethingKept],
    outcome: "paid_refunded"
  },
  {
    id: "all-returned-charged-back",
    when: [
      somethingStandsBehind,
      registeredSomething,
      paidBefore,
      {
        id: "charged-back",
        holds: ({ figures }) => figures.chargedBack > 0,
        compares: { left: "chargedBack", operator: ">", right: 0 }
      }
    ],
    outcome: "charged_back"
  },
  {
    id: "all-returned-refunded",
    when: [somethingStandsBehind, registeredSomething, paidBefore],
    outcome: "refunded"
  },
  {
    id: "charge-back-word",
    when: [{ id: "charge-back-reported", holds: ({ chargeBackReported }) => chargeBackReported }],
    outcome: "charged_back"
  },
  {
    id: "lost-promise",
    when: [
      moneyState,
      { id: "never-captured", holds: ({ order }) => order.coveredByCapture === false },
      { id: "promise-gone", holds: ({ promiseGone }) => promiseGone }
    ],
    outcome: "decide-as-pending"
  },
  {
    id: "kept-money-state",
    when: [moneyState],
    outcome: "keep"
  },
  {
    id: "cancel-accepted",
    when: [
      { id: "cancel-confirmed", holds: ({ cancelAccepted }) => cancelAccepted },
      {
        id: "cancellable",
        holds: (facts) =>
          facts.newest === "none" ||
          (facts.authorizedCount === 0 && facts.totals.captured === 0 && !facts.cancelFailed)
      }
    ],
    outcome: "cancelled"
  },
  {
    id: "expired-as-asked",
    when: [
      { id: "expiry-asked", holds: ({ intent }) => intent?.wanted === "expired" },
      noAttempt,
      { id: "untouched", holds: ({ totals }) => isUntouched(totals) },
      { id: "not-cancelled", holds: ({ prior }) => prior !== "cancelled" }
    ],
    outcome: "expired"
  },
  {
    id: "kept-closed-state",
    when: [{ id: "stays-closed", holds: staysClosed }],
    outcome: "keep"
  },
  {
    id: "money-may-be-held",
    when: [{
      id: "may-hold-money",
      holds: ({ authorizedCount, mayHoldMoney }) => authorizedCount > 0 || mayHoldMoney
    }],
    outcome: "pending"
  },
  {
    id: "expired-unfinished",
    when: [
      {
        id: "too-old",
        holds: ({ ageMs, expireAfterMs }) => ageMs > expireAfterMs
      },
      { id: "untouched", holds: ({ totals }) => isUntouched(totals) },
      {
        id: "newest-unfinished",
        holds: ({ newest }) => newest !== "cancelled" && newest !== "unknown"
      }
    ],
    outcome: "expired"
  },
  {
    id: "attempt-redirected",
    when: [newestIs("redirected")],
    outcome: "in_progress"
  },
  {
    id: "attempt-open",
    when: [newestIs("open")],
    outcome: "new"
  },
  {
    id: "attempt-failed",
    when: [newestIs("failed")],
    outcome: "new"
  },
  {
    id: "attempt-cancelled",
    when: [newestIs("cancelled")],
    outcome: "cancelled"
  },
  {
    id: "attempt-unknown-word",
    when: [newestIs("unknown")],
    outcome: "unknown"
  },
  {
    id: "no-attempt-unclear-totals",
    when: [{ id: "touched", holds: (facts) => !isUntouched(facts.totals) }],
    outcome: "new"
  },
  {
    id: "no-attempt-new",
    when: [],
    outcome: "new"
  }
]
