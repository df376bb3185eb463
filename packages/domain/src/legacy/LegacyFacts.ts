/**
 * What the two legacy rule sets look at. They repeat the reference's two generations exactly, faults
 * included, for shops that switch over and want to see every difference before it counts.
 */
import type { Figures } from "../Figures.ts"
import { isUntouched, withoutGaps } from "../ApproximateTotals.ts"
import type { Order } from "../Order.ts"
import * as PaymentId from "../PaymentId.ts"
import type { PaymentLine } from "../PaymentLine.ts"
import { marginSetting, type Policy } from "../Policy.ts"
import type { Question } from "../strict/Facts.ts"

/** The two generations: of 2014-04 and of 2015-03 (unchanged until 2019). */
export type Generation = "2013" | "2016"

/** What the status word of the last payment means to the reference. */
export type LegacyStatus = "new" | "in_progress" | "pending" | "cancelled" | "charged_back" | "paid"

const words: ReadonlyMap<string, LegacyStatus> = new Map([
  ["NEW", "new"],
  ["STARTED", "new"],
  ["REDIRECTED_FOR_AUTHENTICATION", "in_progress"],
  ["AUTHORIZATION_REQUESTED", "pending"],
  ["AUTHORIZED", "pending"],
  ["PAID", "pending"],
  ["CANCELED", "cancelled"],
  ["CLOSED_CANCELED", "cancelled"],
  ["CHARGED-BACK", "charged_back"],
  ["CONFIRMED_CHARGEDBACK", "charged_back"],
  ["CONFIRMED_PAID", "paid"],
  ["CLOSED_SUCCESS", "paid"]
])

/** True for the words that this generation takes without a warning. */
export const isDocumented = (word: string, generation: Generation): boolean =>
  words.has(word) ||
  (generation === "2016" && ["AUTHORIZATION_FAILED", "CANCEL_FAILED", "AUTHORIZATION_ERROR"].includes(word))

/** Facts about one report. Amounts in minor units of the report's totals, whatever the currency. */
export interface LegacyFacts {
  readonly order: Order
  readonly figures: Figures
  readonly hasLines: boolean
  /** In the order in which the reference stores them. */
  readonly lines: ReadonlyArray<PaymentLine>
  /** Some payment makes the totals speak: any authorised one (2016), the last one (2013). */
  readonly totalsSpeak: boolean
  /** Absent without payments, and for a word that the reference does not know. */
  readonly lastStatus: LegacyStatus | undefined
  /** A total besides the registered one is not zero. */
  readonly unclear: boolean
  /** The status a caller asked for; empty text counts as none. */
  readonly intended: string | undefined
  readonly tooOld: boolean
}

const dayMs = 24 * 60 * 60 * 1000

// As text, 999999999 comes after 1000000001: a fault of the reference that the text order repeats.
const compareIds = (policy: Policy) => (a: PaymentLine, b: PaymentLine): number => {
  if (policy.legacyIdOrder === "text") return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
  return PaymentId.compare(PaymentId.normalise(a.id) ?? a.id, PaymentId.normalise(b.id) ?? b.id)
}

// 2016 opens the margin for a payment of any status in another currency, and drops it whole when it would
// cover the order by itself.
const marginOf = ({ order, policy, report }: Question, registered: number): number => {
  const { exchangedTo } = report.totals
  if (exchangedTo !== order.currency) return 0
  if (report.payments.every(({ authorization }) => authorization.amount.currency === exchangedTo)) return 0
  const setting = marginSetting(policy, exchangedTo)
  return setting >= registered ? 0 : setting
}

/** True for the one word that lets the totals speak. */
export const isAuthorized = ({ authorization }: PaymentLine): boolean => authorization.status === "AUTHORIZED"

// On a tie the first one stays.
const newestOf = (lines: ReadonlyArray<PaymentLine>, policy: Policy): PaymentLine | undefined => {
  const compare = compareIds(policy)
  let newest: PaymentLine | undefined
  for (const line of lines) if (newest === undefined || compare(line, newest) > 0) newest = line
  return newest
}

const totalNames = [
  "registered",
  "shopperPending",
  "acquirerPending",
  "acquirerApproved",
  "captured",
  "refunded",
  "chargedBack"
] as const

/** The name of what is missing without which the reference fails, or `undefined`. */
export const missingFor = (generation: Generation, { report }: Question): string | undefined => {
  const total = totalNames.find((name) => report.totals[name] === undefined)
  if (total !== undefined) return total
  const asksCurrency = generation === "2016" && report.payments.some(isAuthorized)
  return asksCurrency && report.totals.exchangedTo === undefined ? "exchangedTo" : undefined
}

/** The figures of a report; cover means captured, the only policy of the reference. */
export const figuresOf = (question: Question, generation: Generation): Figures => {
  const { order, report } = question
  const totals = withoutGaps(report.totals)
  const net = totals.captured - totals.chargedBack - totals.refunded
  return {
    currency: report.totals.exchangedTo ?? order.currency,
    ...totals,
    ...(order.grossMinor === undefined ? {} : { gross: order.grossMinor }),
    margin: generation === "2016" ? marginOf(question, totals.registered) : 0,
    paidCover: totals.captured,
    shipCover: totals.captured,
    kept: net,
    net
  }
}

const intendedOf = ({ intent }: Question): string | undefined => {
  if (intent === undefined) return undefined
  const status = intent.wanted === "legacy" ? intent.status : intent.wanted
  return status === "" ? undefined : status
}

/** Reads the facts of one generation. */
export const readLegacyFacts = (question: Question, generation: Generation): LegacyFacts => {
  const { nowMs, order, policy, report } = question
  const figures = figuresOf(question, generation)
  const lines = generation === "2016" ? report.payments.toSorted(compareIds(policy)) : report.payments
  // On a tie the later one is last in 2016, since sorting keeps their order, and the first one in 2013.
  const last = generation === "2016" ? lines.at(-1) : newestOf(lines, policy)
  return {
    order,
    figures,
    hasLines: lines.length > 0,
    lines,
    totalsSpeak: generation === "2016" ? lines.some(isAuthorized) : last !== undefined && isAuthorized(last),
    lastStatus: last === undefined ? undefined : words.get(last.authorization.status),
    unclear: !isUntouched(figures),
    intended: intendedOf(question),
    tooOld: nowMs - order.createdAtMs > policy.expireAfterDays * dayMs
  }
}
