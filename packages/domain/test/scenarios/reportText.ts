/**
 * The report of a scenario: its lines, and the totals that follow from them unless the row says otherwise.
 */
import type { ApproximateTotals } from "../../src/ApproximateTotals.ts"
import type { Money } from "../../src/Money.ts"
import type { Authorization, Capture, PaymentLine } from "../../src/PaymentLine.ts"
import type { StatusReport } from "../../src/StatusReport.ts"
import { amountIn, tokensOf } from "./words.ts"

const confidences: Readonly<Record<string, string>> = {
  approved: "ACQUIRER_APPROVED",
  "acquirer-pending": "ACQUIRER_PENDING",
  "shopper-pending": "SHOPPER_PENDING"
}

/** Reads the words of one line from left to right. */
class Words {
  private position = 0
  readonly tokens: ReadonlyArray<string>
  constructor(tokens: ReadonlyArray<string>) {
    this.tokens = tokens
  }
  get next(): string | undefined {
    return this.tokens[this.position]
  }
  take(): string {
    const token = this.tokens[this.position++]
    if (token === undefined) throw new Error(`"${this.tokens.join(" ")}" ends too early`)
    return token
  }
  takeIf(pattern: RegExp): string | undefined {
    return this.next !== undefined && pattern.test(this.next) ? this.take() : undefined
  }
}

interface Parts {
  confidenceLevel: string
  readonly captures: Array<Capture>
  readonly refunds: Array<Capture>
  readonly chargebacks: Array<Capture>
  reversal?: { readonly amount: Money }
}

const readPart = (words: Words, money: () => Money, parts: Parts): void => {
  const word = words.take()
  const confidence = confidences[word]
  if (confidence !== undefined) parts.confidenceLevel = confidence
  else if (word === "confidence") parts.confidenceLevel = words.take()
  else if (word === "captured") parts.captures.push({ status: "CAPTURED", amount: money() })
  else if (word === "capture") parts.captures.push({ status: words.take(), amount: money() })
  else if (word === "refunded") parts.refunds.push({ status: "CAPTURED", amount: money() })
  else if (word === "refund") parts.refunds.push({ status: words.take(), amount: money() })
  else if (word === "chargedback") parts.chargebacks.push({ status: "CHARGED", amount: money() })
  else if (word === "chargeback") parts.chargebacks.push({ status: words.take(), amount: money() })
  else if (word === "reversed") parts.reversal = { amount: money() }
  else throw new Error(`a payment has no "${word}"`)
}

const readLine = (text: string, position: number, orderCurrency: string): PaymentLine => {
  const words = new Words(tokensOf(text))
  const id = words.takeIf(/^#/)?.slice(1) ?? String(position + 1)
  const paymentMethod = words.take()
  const status = words.take()
  const currency = words.takeIf(/^[A-Z]{3}$/) ?? orderCurrency
  const money = (): Money => ({ minor: amountIn(currency, words.take()), currency })
  const amount = money()
  const parts: Parts = { confidenceLevel: "", captures: [], refunds: [], chargebacks: [] }
  while (words.next !== undefined) readPart(words, money, parts)
  return { id, paymentMethod, authorization: { status, amount, ...parts } }
}

/** `#2 VISA AUTHORIZED USD 110.00 approved captured 60.00 ; IDEAL NEW 100.00`, or `-` for none. */
export const readLines = (text: string, orderCurrency: string): ReadonlyArray<PaymentLine> =>
  text === "-" ? [] : text.split(";").map((part, position) => readLine(part, position, orderCurrency))

const names = {
  R: "registered",
  S: "shopperPending",
  Q: "acquirerPending",
  A: "acquirerApproved",
  C: "captured",
  F: "refunded",
  K: "chargedBack",
  V: "reversed"
} as const

const nameOf = (letter: string) => {
  if (!Object.hasOwn(names, letter)) throw new Error(`no total is called "${letter}"`)
  return names[letter as keyof typeof names]
}

const sum = (lines: ReadonlyArray<PaymentLine>, of: (authorization: Authorization) => number): number =>
  lines.reduce((total, { authorization }) => total + of(authorization), 0)

const done = (items: ReadonlyArray<Capture>, words: ReadonlyArray<string>): number =>
  items.reduce((total, { amount, status }) => words.includes(status) ? total + amount.minor : total, 0)

const authorized = (word: string) => ({ amount, confidenceLevel, status }: Authorization): number =>
  status === "AUTHORIZED" && confidenceLevel === word ? amount.minor : 0

const totalsOfLines = (
  lines: ReadonlyArray<PaymentLine>,
  registered: number
): Required<Pick<ApproximateTotals, Name>> => ({
  registered,
  shopperPending: sum(lines, authorized("SHOPPER_PENDING")),
  acquirerPending: sum(lines, authorized("ACQUIRER_PENDING")),
  acquirerApproved: sum(lines, authorized("ACQUIRER_APPROVED")),
  captured: sum(lines, ({ captures }) => done(captures, ["CAPTURED"])),
  refunded: sum(lines, ({ refunds }) => done(refunds, ["CAPTURED"])),
  chargedBack: sum(lines, ({ chargebacks }) => done(chargebacks, ["CHARGED", "CAPTURED"])),
  reversed: sum(lines, ({ reversal }) => reversal?.amount.minor ?? 0)
})

type Name = (typeof names)[keyof typeof names]

interface Surroundings {
  readonly currency: string
  readonly grossMinor?: number
  readonly lines: ReadonlyArray<PaymentLine>
}

/**
 * `-` for the totals that follow from the lines, registered as much as the order costs; else what differs from them:
 * `R 90.00 C 60.00`, `without K`, `in USD`, `in nothing`, `absent` (no total at all), `safe`, `unsafe`.
 */
export const readTotals = (text: string, { currency, grossMinor, lines }: Surroundings): StatusReport => {
  const mixed = lines.some(({ authorization }) => authorization.amount.currency !== currency)
  const words = new Words(tokensOf(text === "-" ? "" : text))
  // The daily rate is not known here, so totals of payments in several currencies are 0 unless they stand in the row.
  let totals: Partial<Record<Name, number>> = totalsOfLines(mixed ? [] : lines, grossMinor ?? 0)
  let exchangedTo: string | undefined = currency
  let consideredSafe: StatusReport["consideredSafe"]
  while (words.next !== undefined) {
    const word = words.take()
    if (word === "in") {
      const to = words.take()
      exchangedTo = to === "nothing" ? undefined : to
    } else if (word === "without") delete totals[nameOf(words.take())]
    else if (word === "absent") totals = {}
    else if (word === "safe" || word === "unsafe") consideredSafe = { value: word === "safe", level: "SAFE" }
    else totals[nameOf(word)] = amountIn(exchangedTo ?? currency, words.take())
  }
  return {
    totals: { ...(exchangedTo === undefined ? {} : { exchangedTo }), ...totals },
    payments: lines,
    ...(consideredSafe === undefined ? {} : { consideredSafe })
  }
}
