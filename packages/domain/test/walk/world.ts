/**
 * The small world: every word of every kind, and amounts below, at and above what is registered. Small enough to visit
 * all of it, large enough that a rule which is wrong is wrong somewhere in it.
 */
import type { ReportedTotals } from "../../src/ApproximateTotals.ts"
import type { Intent } from "../../src/Intent.ts"
import type { Order } from "../../src/Order.ts"
import { orderStatuses } from "../../src/OrderStatus.ts"
import type { PaymentLine } from "../../src/PaymentLine.ts"
import { defaultPolicy } from "../../src/defaultPolicy.ts"
import { type PaidWhen, paidWhens, type Policy } from "../../src/Policy.ts"
import { captureStatuses, commandApiWords, statusTexts } from "../generators/words.ts"
import { isMoney, isPaid } from "../oracle/expectation.ts"

const none = "none"

/** Kinds of words and, for each, the choices; the first is the plainest, so that small numbers mean plain snapshots. */
const lineChoices = {
  word: ["AUTHORIZED", ...statusTexts.filter((word) => word !== "AUTHORIZED"), ...commandApiWords, "SETTLED"],
  confidence: ["ACQUIRER_APPROVED", "ACQUIRER_PENDING", "SHOPPER_PENDING", "", "INSURED"],
  capture: [none, ...captureStatuses, "SETTLED"],
  refund: [none, "NEW", "CAPTURED", "FAILED", "PROCESSING"],
  chargeback: [none, "CHARGED", "REVERSED"],
  reversal: [none, "part", "all"]
} as const

/** One choice of each kind. */
export type LineChoice = { readonly [Kind in keyof typeof lineChoices]: (typeof lineChoices)[Kind][number] }

/** How much of the line went back where something did: a refund of all and a charge-back of a part, or the reverse. */
export type Returned = "refund-all" | "chargeback-all"

/** What is registered in every snapshot, and the part that goes back, in cents. */
export const registered = 10_000
const part = 4000
const currency = "EUR"

const money = (minor: number) => ({ minor, currency })

/** A line as chosen, of `minor` cents. */
export const lineOf = (
  choice: LineChoice,
  { id, minor, returned }: { readonly id: string; readonly minor: number; readonly returned: Returned }
): PaymentLine => {
  const [refunded, chargedBack] = returned === "refund-all" ? [minor, part] : [part, minor]
  const item = (status: string, amount: number) => status === none ? [] : [{ status, amount: money(amount) }]
  return {
    id,
    paymentMethod: "IDEAL",
    authorization: {
      status: choice.word,
      amount: money(minor),
      confidenceLevel: choice.confidence,
      captures: item(choice.capture, minor),
      refunds: item(choice.refund, refunded),
      chargebacks: item(choice.chargeback, chargedBack),
      ...(choice.reversal === "none" ? {} : { reversal: { amount: money(choice.reversal === "part" ? part : minor) } })
    }
  }
}

/**
 * How the totals stand to the lines: they agree; they do not show yet what was captured and returned; or they show
 * captured money that the lines do not show yet.
 */
export type TotalsStand = "agree" | "lag" | "lead"

const finished = (items: ReadonlyArray<{ status: string; amount: { minor: number } }>, word: string): number =>
  items.reduce((sum, { amount, status }) => status === word ? sum + amount.minor : sum, 0)

/** The totals of one line; those of several are the sums. */
export const totalsOf = ({ authorization }: PaymentLine, stand: TotalsStand): ReportedTotals => {
  const { amount: { minor }, captures, chargebacks, confidenceLevel, refunds, reversal, status } = authorization
  const stands = (word: string) => status === "AUTHORIZED" && confidenceLevel === word ? minor : 0
  const shown = stand === "lag" ? 0 : 1
  return {
    registered,
    shopperPending: stands("SHOPPER_PENDING"),
    acquirerPending: stands("ACQUIRER_PENDING"),
    acquirerApproved: stands("ACQUIRER_APPROVED"),
    captured: stand === "lead" ? minor : shown * finished(captures, "CAPTURED"),
    refunded: shown * finished(refunds, "CAPTURED"),
    chargedBack: shown * finished(chargebacks, "CHARGED"),
    reversed: reversal?.amount.minor ?? 0
  }
}

const createdAtMs = Date.UTC(2016, 4, 20)
const dayMs = 86_400_000

/** An order a minute old, and one a day older than an order may be. */
export const ages = { fresh: createdAtMs + 60_000, old: createdAtMs + 22 * dayMs } as const

const order = (state: Pick<Order, "status" | "coveredByCapture" | "closedBy" | "releasedMinor">): Order => ({
  key: "2DE3B6D0C5AB4CB92DE3B6D0C5AB4CB9",
  fulfilment: "wait",
  createdAtMs,
  currency,
  grossMinor: registered,
  ...state
})

/** A pending order of which the shop gave a part up by a final capture. */
export const withRelease = order({ status: "pending", releasedMinor: registered - part })

/**
 * Every prior status; where it means something, also what is remembered of cover by captured money. That is all three
 * for paid orders; for returned ones, which have no cover to lose, only whether there may have been a promise. Cancelled
 * with and without the shop's doing; pending also with something that the shop gave up.
 */
export const orders: ReadonlyArray<Order> = orderStatuses.flatMap((status) => {
  if (status === "cancelled") return [order({ status }), order({ status, closedBy: "shop" })]
  if (status === "pending") return [order({ status }), withRelease]
  if (!isMoney(status)) return [order({ status })]
  const remembered = isPaid(status) ? [true, false] : [false]
  return [order({ status }), ...remembered.map((coveredByCapture) => order({ status, coveredByCapture }))]
})

export const intents: ReadonlyArray<Intent | undefined> = [
  undefined,
  { wanted: "cancelled", cancelResult: "SUCCESS" },
  { wanted: "cancelled", cancelResult: "FAILED" },
  { wanted: "expired" }
]

/** One order and intention for each class of them: open, paid on a promise, closed, and a confirmed cancel. */
export const representatives: ReadonlyArray<{ readonly order: Order; readonly intent: Intent | undefined }> = [
  { order: order({ status: "pending" }), intent: undefined },
  { order: order({ status: "paid", coveredByCapture: false }), intent: undefined },
  { order: order({ status: "expired" }), intent: undefined },
  { order: withRelease, intent: undefined },
  { order: order({ status: "pending" }), intent: intents[1] }
]

const paidBy = (when: PaidWhen): Policy => ({ ...defaultPolicy, paidWhen: { default: when, rules: [] } })

/** The default, and one for each other way to be paid. */
export const policies: ReadonlyArray<Policy> = paidWhens.map((when) =>
  when === "captured" ? defaultPolicy : paidBy(when)
)

const kinds = Object.keys(lineChoices) as ReadonlyArray<keyof LineChoice>

/** How many lines can be chosen. */
export const lineCount = kinds.reduce((count, kind) => count * lineChoices[kind].length, 1)

/** The choice with this number, from 0 to {@link lineCount} - 1; the last kind changes fastest. */
export const lineChoice = (number: number): LineChoice => {
  let rest = number
  const chosen: Partial<Record<keyof LineChoice, string>> = {}
  for (const kind of kinds.toReversed()) {
    const choices: ReadonlyArray<string> = lineChoices[kind]
    chosen[kind] = choices[rest % choices.length]!
    rest = Math.floor(rest / choices.length)
  }
  return chosen as LineChoice
}

/** How far from plain: the sum of the positions among the choices. */
export const lineDistance = (choice: LineChoice): number =>
  kinds.reduce((sum, kind) => sum + (lineChoices[kind] as ReadonlyArray<string>).indexOf(choice[kind]), 0)
