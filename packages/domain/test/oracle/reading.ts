/**
 * What the specification says about a report, written a second time: from the text of the kernel's rules (line table,
 * cover, margin, policies), not from the code. It shares nothing with `src` but types.
 *
 * Letters as in the specification, in minor units of the totals' currency: R registered, C captured, F refunded,
 * K charged back, A approved by the acquirer, Q acquirer pending, S shopper pending, V reversed, m margin.
 */
import type { Order } from "../../src/Order.ts"
import type { PaymentLine } from "../../src/PaymentLine.ts"
import type { PaymentRow } from "../../src/PaymentRow.ts"
import type { CoverPolicy, PaidWhen, Policy } from "../../src/Policy.ts"
import type { Question } from "../../src/reconcile.ts"
import type { StatusReport } from "../../src/StatusReport.ts"

/** One line by the table "what a payment line holds". */
export interface LineReading {
  /** The number without leading zeros. */
  readonly id: string
  readonly method: string
  readonly word: string
  readonly confidence: string
  readonly currency: string
  readonly authorised: number
  readonly captured: number
  readonly refunded: number
  readonly chargedBack: number
  readonly reversed: number
  /** Beyond what is captured. */
  readonly securedExtra: number
  readonly promisedExtra: number
  readonly voided: boolean
  readonly failed: boolean
  /** AUTHORIZED with a capture or confidence word nobody knows, unless it is voided or failed. */
  readonly doubtful: boolean
  /** Refunds filed and not finished, and returns in a word nobody knows. */
  readonly refunding: number
  /** What an approved line that is captured in part may still bring. */
  readonly openRest: number
  /** Finished refunds and chargebacks of more than nothing. */
  readonly returns: number
  /** Nothing of it failed, was given up or is in a word nobody knows. */
  readonly whole: boolean
}

/** A report that was not refused, as far as it does not depend on the state of the order. */
export interface Reading {
  readonly lines: ReadonlyArray<LineReading>
  readonly foreign: number
  readonly R: number
  readonly C: number
  readonly F: number
  readonly K: number
  readonly A: number
  readonly Q: number
  readonly S: number
  readonly V: number
  readonly m: number
  /** What the shop gave up and nothing else pays. */
  readonly released: number
  /** What has to be covered. */
  readonly due: number
  /** All that captures in part left open is given up. */
  readonly restReleased: boolean
  readonly currency: string
  /** `undefined` when unknown or not comparable. */
  readonly gross: number | undefined
  readonly paidCover: number
  readonly shipCover: number
  /** Step 2 may speak, and the paid policy is met: the only way into a paid status besides an order of nothing. */
  readonly covered: boolean
  /** In some currency the lines show more than the totals have room for. */
  readonly linesAbove: boolean
  /** All lines gave back what they captured, at least one in another currency, and no more than roundings are left. */
  readonly onlyRoundings: boolean
  /** Some line counts as AUTHORIZED. */
  readonly authorised: boolean
  /** Step 2 may speak: an authorised line, or a claiming word with what is due captured, at its rate. */
  readonly opens: boolean
  readonly zeroOrder: boolean
  readonly mayHold: boolean
  readonly cancelRefused: boolean
  /** Every line is voided, failed, cancelled or failed as an attempt. */
  readonly allOver: boolean
  /** Class of the newest attempt; `undefined` without lines. */
  readonly newest: Meaning | undefined
  /** The newest attempt that is not over says that the bank took the money back. */
  readonly chargeBackReported: boolean
  /** Totals in another currency than the order's. */
  readonly wrongCurrency: boolean
  /** Something may still be captured, or the lines show captures that the totals do not. */
  readonly moneyMayCome: boolean
  /** What is captured and what may still be captured is less than what is due. */
  readonly promiseGone: boolean
  /** Covered once; since then only the rate of its currency moved. */
  readonly drifted: boolean
  /** What approved lines that are captured in part may still bring, where lines can be added. */
  readonly openRest: number
  /** The six totals other than registered (and reversed) are zero. */
  readonly untouched: boolean
}

/** What a status word stands for in step 3. */
type Meaning = "held" | "charged-back" | "in_progress" | "new" | "failed" | "cancelled" | "unknown"

const claimsPayment = ["PAID", "CONFIRMED_PAID", "CLOSED_SUCCESS"]
const claimsChargeBack = ["CHARGED-BACK", "CONFIRMED_CHARGEDBACK"]
const cancelRefused = ["CANCEL_FAILED", "CANCEL_ERROR"]
const mayHoldMoney = ["AUTHORIZATION_REQUESTED", "CANCEL_REQUESTED", ...cancelRefused, ...claimsPayment]

const meanings = new Map<string, Meaning>([
  ["AUTHORIZED", "held"],
  ...mayHoldMoney.map((word) => [word, "held"] as const),
  ...claimsChargeBack.map((word) => [word, "charged-back"] as const),
  ...["REDIRECTED_FOR_AUTHENTICATION", "REDIRECTED_FOR_AUTHORIZATION", "AUTHENTICATED"]
    .map((word) => [word, "in_progress"] as const),
  ...["NEW", "STARTED", "RISK_CHECK_OK"].map((word) => [word, "new"] as const),
  ...[
    "RISK_CHECK_FAILED",
    "START_ERROR",
    "AUTHENTICATION_FAILED",
    "AUTHENTICATION_ERROR",
    "AUTHORIZATION_FAILED",
    "AUTHORIZATION_ERROR"
  ].map((word) => [word, "failed"] as const),
  ...["CANCELED", "CLOSED_CANCELED"].map((word) => [word, "cancelled"] as const)
])

const confidenceStatuses = new Set(["ACQUIRER_APPROVED", "ACQUIRER_PENDING", "SHOPPER_PENDING"])
const captureStatuses = new Set(["NEW", "STARTED", "CAPTURED", "CANCELED", "FAILED", "ERROR"])

/** One line of text, trimmed and cut. */
const tidy = (text: string, lengthMax: number): string =>
  text.toWellFormed().replaceAll(/[\s\p{Cc}]+/gu, " ").trim().slice(0, lengthMax).replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd()

const total = (items: ReadonlyArray<{ status: string; amount: { minor: number } }>, ...words: Array<string>): number =>
  items.reduce((sum, { amount, status }) => words.includes(status) ? sum + amount.minor : sum, 0)

const sumIf = <Item extends { status: string; amount: { minor: number } }>(
  items: ReadonlyArray<Item>,
  fits: (item: Item) => boolean
): number => items.filter(fits).reduce((sum, { amount }) => sum + amount.minor, 0)

/** Reads one line; its id must be a positive integer. */
export const readLine = ({ authorization, id, paymentMethod }: PaymentLine): LineReading => {
  const { amount, captures, chargebacks, refunds, reversal } = authorization
  const word = tidy(authorization.status, 50)
  const confidence = tidy(authorization.confidenceLevel, 35)
  const x = total(captures, "CAPTURED")
  const line = {
    id: BigInt(id).toString(),
    method: tidy(paymentMethod, 50),
    word,
    confidence,
    currency: amount.currency,
    authorised: amount.minor,
    captured: x,
    refunded: total(refunds, "CAPTURED"),
    chargedBack: total(chargebacks, "CHARGED", "CAPTURED"),
    reversed: reversal?.amount.minor ?? 0,
    securedExtra: 0,
    promisedExtra: 0,
    voided: false,
    failed: false,
    doubtful: false,
    refunding: total(refunds, "NEW", "STARTED") +
      sumIf(refunds, ({ status }) => !captureStatuses.has(status)) +
      sumIf(chargebacks, ({ status }) => !["CHARGED", "CAPTURED"].includes(status)),
    openRest: 0,
    returns: refunds.filter(({ amount, status }) => status === "CAPTURED" && amount.minor > 0).length +
      chargebacks.filter(({ amount, status }) => ["CHARGED", "CAPTURED"].includes(status) && amount.minor > 0).length,
    whole: (confidence === "" || confidenceStatuses.has(confidence)) && (reversal?.amount.minor ?? 0) === 0 &&
      captures.every(({ status }) => ["NEW", "STARTED", "CAPTURED"].includes(status))
  }
  if (word !== "AUTHORIZED") return line
  const unknown = (confidence !== "" && !confidenceStatuses.has(confidence)) ||
    captures.some(({ status }) => !captureStatuses.has(status))
  const approved = confidence === "ACQUIRER_APPROVED"
  const known = confidenceStatuses.has(confidence)
  if (captures.some(({ status }) => status === "CAPTURED")) {
    const remaining = amount.minor - (reversal?.amount.minor ?? 0)
    const limit = Math.max(x, Math.min(remaining, x + total(captures, "NEW", "STARTED")))
    const isSound = captures.every(({ status }) => ["NEW", "STARTED", "CAPTURED"].includes(status))
    return {
      ...line,
      securedExtra: approved ? limit - x : 0,
      promisedExtra: known ? limit - x : 0,
      openRest: approved && isSound ? Math.max(0, remaining - limit) : 0,
      doubtful: unknown
    }
  }
  if (reversal !== undefined && reversal.amount.minor >= amount.minor) return { ...line, voided: true }
  const alive = captures.filter(({ status }) => status !== "CANCELED")
  if (captures.length > 0 && alive.length === 0) return { ...line, voided: true }
  if (alive.length > 0 && alive.every(({ status }) => status === "FAILED" || status === "ERROR")) {
    return { ...line, failed: true }
  }
  if (!known || unknown) return { ...line, doubtful: unknown }
  const r = Math.max(0, amount.minor - (reversal?.amount.minor ?? 0))
  return { ...line, securedExtra: approved ? r : 0, promisedExtra: r }
}

const when = (policy: CoverPolicy, { currency, method }: LineReading): PaidWhen =>
  policy.rules.find((rule) =>
    (rule.paymentMethod === undefined || rule.paymentMethod === method) &&
    (rule.currency === undefined || rule.currency === currency)
  )?.when ?? policy.default

const sumOf = (lines: ReadonlyArray<LineReading>, value: (line: LineReading) => number): number => {
  let sum = 0
  for (const line of lines) sum += value(line)
  return sum
}

/** Everything cover is computed from; `authorised` are the lines that count as AUTHORIZED. */
interface CoverBase {
  readonly authorised: ReadonlyArray<LineReading>
  readonly addable: boolean
  /** Every AUTHORIZED line is whole. */
  readonly whole: boolean
  /** A capture or confidence word nobody knows, or less captured and promised than was authorised. */
  readonly doubtful: boolean
  readonly consideredSafe: boolean
  /** Captured by all lines in the currency of the totals. */
  readonly shown: number
  readonly R: number
  readonly C: number
  readonly F: number
  readonly K: number
  readonly A: number
  readonly Q: number
  readonly S: number
  readonly due: number
  /** All that the shop gave up. */
  readonly givenUp: number
}

/**
 * Cover of the whole order. Where methods follow different policies each line adds by its own; where lines cannot be
 * added, the strictest policy among them speaks (the specification leaves that open, the doc of `PaidWhen` does not).
 */
const coverOf = (policy: CoverPolicy, base: CoverBase): number => {
  const { A, C, F, K, Q, R, S, authorised, due, givenUp } = base
  if (authorised.length === 0) return C
  const policies = authorised.map((line) => when(policy, line))
  if (policies.every((one) => one === "considered-safe")) {
    const safe = base.consideredSafe && F + K === 0 && base.whole
    return C >= due || safe ? Math.max(C, R) : C
  }
  if (!base.addable) {
    if (base.doubtful || givenUp > 0 || policies.some((one) => one === "captured" || one === "considered-safe")) {
      return C
    }
    return policies.includes("approved") ? Math.max(C, A) : Math.max(C, A + Q + S)
  }
  const secured = Math.min(A, sumOf(authorised, (line) => when(policy, line) === "approved" ? line.securedExtra : 0))
  const promised = sumOf(authorised, (line) => when(policy, line) === "promised" ? line.promisedExtra : 0)
  const added = policies.includes("promised") ? Math.max(secured, Math.min(A + Q + S, secured + promised)) : secured
  // A line that lags behind its capture must not count twice: captures that only the totals show are taken off what the
  // lines add, and there is never more than was ever pledged.
  const cover = Math.max(C, Math.min(Math.min(base.shown, C) + added, C + added, A + Q + S))
  // The rest of lines that are captured in part fills up what is registered, unless the shop gave it up.
  const open = sumOf(authorised, (line) => ["approved", "promised"].includes(when(policy, line)) ? line.openRest : 0)
  const rest = Math.max(0, open - givenUp)
  return Math.max(cover, Math.min(cover + rest, R, A + Q + S))
}

const meaningOf = (line: LineReading, C: number): Meaning =>
  line.voided && C === 0 ? "cancelled" : meanings.get(line.word) ?? "unknown"

interface Against {
  readonly C: number
  readonly F: number
  readonly K: number
  readonly currency: string
}

/** True if these lines captured something, gave back at least that, and hold no promise of more. */
const isGivenBack = (lines: ReadonlyArray<LineReading>): boolean =>
  lines.some(({ captured }) => captured > 0) &&
  lines.every((line) => line.refunded + line.chargedBack >= line.captured && line.promisedExtra === 0)

const isRounding = (lines: ReadonlyArray<LineReading>, { C, F, K, currency }: Against): boolean => {
  const others = lines.filter((line) => line.currency !== currency)
  return isGivenBack(lines) && others.some(({ captured }) => captured > 0) &&
    Math.abs(C - F - K) <= sumOf(others, ({ returns }) => returns)
}

/**
 * Per currency: lines in that of the totals show more than the totals; lines in another show something of which the
 * totals leave nothing; or all of the latter went back, and the totals leave more than a minor unit for each return.
 */
const areAbove = (lines: ReadonlyArray<LineReading>, { C, F, K, currency }: Against): boolean => {
  const own = lines.filter((line) => line.currency === currency)
  const others = lines.filter((line) => line.currency !== currency)
  const parts = ([["captured", C], ["refunded", F], ["chargedBack", K]] as const).map(([name, total]) => ({
    rest: total - sumOf(own, (line) => line[name]),
    isShown: others.some((line) => line[name] !== 0)
  }))
  if (parts.some(({ isShown, rest }) => rest < 0 || (isShown && rest <= 0))) return true
  const left = parts[0]!.rest - parts[1]!.rest - parts[2]!.rest
  return isGivenBack(others) && own.every(({ promisedExtra }) => promisedExtra === 0) &&
    left > sumOf(others, ({ returns }) => returns)
}

/** The state that a fall of the daily rate is told from money that went away by. */
interface Drift {
  readonly R: number
  readonly C: number
  readonly due: number
  readonly order: Partial<Order>
  readonly stored: ReadonlyArray<PaymentRow>
}

/**
 * Captured money covered the paid order at the last report; now the totals fall short, every stored capture is still shown,
 * and at least one of them is in another currency than the order.
 */
const hasDrifted = (lines: ReadonlyArray<LineReading>, { C, R, due, order, stored }: Drift): boolean => {
  const { coveredAtOldRate, coveredByCapture, status, totals } = order
  const isReturned = status === "refunded" || status === "charged_back"
  const isPaid = status === "paid" || status === "paid_refunded" || (isReturned && coveredAtOldRate === true)
  if (!isPaid || coveredByCapture === false || R === 0 || C >= due) {
    return false
  }
  if (coveredAtOldRate !== true && !(totals !== undefined && totals.captured >= totals.registered + due - R)) {
    return false
  }
  const kept = stored.filter(({ debitedMinor }) => debitedMinor !== 0)
    .map((row) => ({ row, line: lines.find(({ id }) => id === row.paymentId) }))
  return kept.every(({ line, row }) => line !== undefined && line.captured >= row.debitedMinor) &&
    kept.some(({ line, row }) =>
      line?.currency !== order.currency && (row.currency ?? line?.currency) === line?.currency
    )
}

/** What lines and totals say together. `lines` ascend by number and hold each payment once, without foreign ones. */
export const combine = (
  lines: ReadonlyArray<LineReading>,
  report: Pick<StatusReport, "totals" | "consideredSafe">,
  { order, policy, foreign = 0, stored = [] }: {
    order: Pick<Order, "currency" | "grossMinor"> & Partial<Order>
    policy: Policy
    foreign?: number
    /** Rows of the order itself. */
    stored?: ReadonlyArray<PaymentRow>
  }
): Reading => {
  const { totals } = report
  const R = totals.registered ?? 0
  const C = totals.captured ?? 0
  const F = totals.refunded ?? 0
  const K = totals.chargedBack ?? 0
  const A = totals.acquirerApproved ?? 0
  const Q = totals.acquirerPending ?? 0
  const S = totals.shopperPending ?? 0
  const currency = totals.exchangedTo ?? order.currency
  const everyAuthorised = lines.filter(({ word }) => word === "AUTHORIZED")
  const authorised = C === 0 ? everyAuthorised.filter(({ voided }) => !voided) : everyAuthorised
  const converted = totals.exchangedTo === order.currency &&
    everyAuthorised.some((line) => !line.voided && !line.failed && line.currency !== order.currency)
  const setting = Object.entries(policy.marginMinor).find(([code]) => code === currency)?.[1] ?? 0
  const m = converted ? Math.max(0, Math.floor(Math.min(setting, R / 20))) : 0
  const addable = currency === order.currency && everyAuthorised.every((line) => line.currency === order.currency)
  const givenUp = currency === order.currency ? order.releasedMinor ?? 0 : 0
  const ownLines = everyAuthorised.filter((line) => line.currency === order.currency)
  const open = sumOf(ownLines, ({ openRest }) => openRest)
  const promised = sumOf(everyAuthorised, ({ openRest, promisedExtra }) => promisedExtra + openRest) -
    Math.min(open, givenUp)
  // Given up, as far as the shopper's money does not fill it all the same, and never all that is due.
  const atMost = sumOf(ownLines, (line) =>
    line.doubtful
      ? Math.max(line.promisedExtra, line.authorised - line.reversed - line.captured)
      : line.promisedExtra + line.openRest) - Math.min(open, givenUp)
  const unpaid = Math.max(0, R - C - Math.max(0, atMost))
  const released = Math.min(unpaid, givenUp) < R - m ? Math.min(unpaid, givenUp) : 0
  const due = R - m - released
  const base: CoverBase = {
    authorised,
    addable,
    whole: everyAuthorised.every(({ whole }) => whole),
    doubtful: lines.some(({ word }) => !meanings.has(word)) ||
      everyAuthorised.some((line) =>
        line.doubtful || line.captured + line.promisedExtra + line.openRest < line.authorised
      ),
    consideredSafe: report.consideredSafe?.value === true,
    shown: sumOf(lines, (line) => line.currency === currency ? line.captured : 0),
    R,
    C,
    F,
    K,
    A,
    Q,
    S,
    due,
    givenUp
  }
  const untouched = S === 0 && Q === 0 && A === 0 && C === 0 && F === 0 && K === 0
  const gross = currency === order.currency ? order.grossMinor : undefined
  const claims = lines.some(({ word }) => claimsPayment.includes(word) || (K > 0 && claimsChargeBack.includes(word)))
  const newest = lines.at(-1)
  const drifted = hasDrifted(lines, { R, C, due, order, stored })
  const coverBy = (cover: CoverPolicy): number => drifted ? Math.max(R, coverOf(cover, base)) : coverOf(cover, base)
  const paidCover = coverBy(policy.paidWhen)
  const isOpen = ({ word }: LineReading): boolean =>
    word !== "AUTHORIZED" && !["failed", "cancelled"].includes(meanings.get(word) ?? "unknown")
  const allOver = lines.length > 0 && lines.every((line) => {
    const meaning = meanings.get(line.word)
    return line.voided || line.failed || meaning === "failed" || meaning === "cancelled"
  })
  const opens = authorised.length > 0 || (claims && (drifted || (R > 0 && C >= due)))
  return {
    lines,
    foreign,
    R,
    C,
    F,
    K,
    A,
    Q,
    S,
    V: totals.reversed ?? 0,
    m,
    released,
    due,
    restReleased: givenUp > 0 && open <= givenUp,
    currency,
    gross,
    paidCover,
    shipCover: coverBy(policy.shipWhen),
    covered: opens && R > 0 && paidCover >= due,
    linesAbove: areAbove(lines, { C, F, K, currency }),
    onlyRoundings: isRounding(lines, { C, F, K, currency }),
    authorised: authorised.length > 0,
    opens,
    zeroOrder: R === 0 && gross === 0 && untouched && authorised.length > 0 &&
      lines.every((line) => line.authorised <= 0 && line.captured <= 0 && line.refunded <= 0 && line.chargedBack <= 0),
    mayHold: lines.some(({ word }) => mayHoldMoney.includes(word)),
    cancelRefused: lines.some(({ word }) => cancelRefused.includes(word)),
    allOver,
    chargeBackReported: claimsChargeBack.includes(
      lines.findLast((line) => !["failed", "cancelled"].includes(meaningOf(line, C)))?.word ?? ""
    ),
    wrongCurrency: currency !== order.currency,
    moneyMayCome: promised > 0 || base.shown > C ||
      lines.some((line) => line.doubtful || mayHoldMoney.includes(line.word) || !meanings.has(line.word)),
    promiseGone: addable ? lines.length > 0 && C + promised < due && !lines.some(isOpen) : C === 0 && allOver,
    drifted,
    openRest: addable ? Math.max(0, open - givenUp) : 0,
    newest: newest === undefined ? undefined : meaningOf(newest, C),
    untouched
  }
}

const totalNames = [
  "registered",
  "shopperPending",
  "acquirerPending",
  "acquirerApproved",
  "captured",
  "refunded",
  "chargedBack",
  "reversed"
] as const

// All of an entry that may decide anything, with the inner order taken out.
const contents = ({ authorization: a, paymentMethod }: PaymentLine): string => {
  const items = (list: ReadonlyArray<{ status: string; amount: { minor: number; currency: string } }>) =>
    list.map(({ amount, status }) => `${status}|${amount.minor}|${amount.currency}`).toSorted()
  return JSON.stringify({
    paymentMethod,
    status: a.status,
    amount: [a.amount.minor, a.amount.currency],
    confidence: a.confidenceLevel,
    captures: items(a.captures),
    refunds: items(a.refunds),
    chargebacks: items(a.chargebacks),
    reversal: a.reversal === undefined ? null : [a.reversal.amount.minor, a.reversal.amount.currency]
  })
}

/** Numbers as numbers: -1, 0 or 1. */
export const compareIds = (a: string, b: string): number => {
  const difference = BigInt(a) - BigInt(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

const isAnothers = (row: PaymentRow, order: Order): boolean => row.orderKey !== undefined && row.orderKey !== order.key

/** The reading of a whole question, or `undefined` if its report must be refused. */
export const readQuestion = ({ order, payments, policy, report }: Question): Reading | undefined => {
  const present = totalNames.flatMap((name) => report.totals[name] ?? [])
  if (present.length === 0 || present.some((value) => value < 0 || !Number.isSafeInteger(value))) return undefined
  const counted = totalNames.filter((name) => name !== "registered" && name !== "reversed")
  if (!Number.isSafeInteger(counted.reduce((sum, name) => sum + (report.totals[name] ?? 0), 0))) return undefined
  if (report.payments.some(({ id }) => !/^0*[1-9][0-9]*$/.test(id))) return undefined
  const byId = new Map<string, PaymentLine>()
  for (const line of report.payments) {
    const id = BigInt(line.id).toString()
    const before = byId.get(id)
    if (before !== undefined && contents(before) !== contents(line)) return undefined
    byId.set(id, line)
  }
  const amounts = report.payments.flatMap(({ authorization: a }) => [
    a.amount.minor,
    a.reversal?.amount.minor ?? 0,
    ...[a.captures, a.refunds, a.chargebacks].flatMap((items) => items.map(({ amount }) => amount.minor))
  ])
  if (amounts.some((minor) => minor < 0)) return undefined
  const foreignIds = new Set(payments.filter((row) => isAnothers(row, order)).map(({ paymentId }) => paymentId))
  const all = [...byId.values()].map(readLine).toSorted((a, b) => compareIds(a.id, b.id))
  const lines = all.filter(({ id }) => !foreignIds.has(id))
  const stored = payments.filter((row) => !isAnothers(row, order))
  return combine(lines, report, { order, policy, foreign: all.length - lines.length, stored })
}
