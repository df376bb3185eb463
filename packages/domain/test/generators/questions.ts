/**
 * Questions to the kernel: orders in every state, reports whose totals agree with their lines, lag behind them or
 * contradict them, every word, several currencies, every policy and intent, rows stored before.
 *
 * Amounts come from a small set around the order's amount, so that "exactly", "one cent below" and "one cent above"
 * are the rule and not the exception.
 */
import fc from "fast-check"
import type { ApproximateTotals, ReportedTotals } from "../../src/ApproximateTotals.ts"
import type { Intent } from "../../src/Intent.ts"
import type { Order } from "../../src/Order.ts"
import { fulfilments, type OrderStatus, orderStatuses } from "../../src/OrderStatus.ts"
import type { Authorization, PaymentLine } from "../../src/PaymentLine.ts"
import type { PaymentRow } from "../../src/PaymentRow.ts"
import { defaultPolicy } from "../../src/defaultPolicy.ts"
import { type CoverPolicy, type PaidWhen, paidWhens, type Policy } from "../../src/Policy.ts"
import type { Question } from "../../src/reconcile.ts"
import type { StatusReport } from "../../src/StatusReport.ts"
import {
  captureStatuses,
  chargebackStatuses,
  commandApiWords,
  confidenceStatuses,
  currencies,
  methods,
  refundStatuses,
  statusTexts,
  unknownStatuses
} from "./words.ts"

const dayMs = 86_400_000
const createdAtMs = Date.UTC(2016, 4, 20, 9)

/** The order's key in every generated question. */
const orderKey = "2DE3B6D0C5AB4CB92DE3B6D0C5AB4CB9"

// 500 is the twentieth of 10000 that bounds the margin; 100 and 160 are the usual settings.
const steps = [10_000, 9999, 10_001, 5000, 9900, 9840, 9500, 9499, 20_000, 1, 0] as const

/** An amount in minor units, often exactly the usual order's. */
export const amount: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(10_000) },
  { weight: 6, arbitrary: fc.constantFrom(...steps) },
  { weight: 1, arbitrary: fc.nat({ max: 30_000 }) }
)

/** A value or, as often as `absent` of 10, `undefined`. */
const maybe = <A>(arbitrary: fc.Arbitrary<A>, absent: number): fc.Arbitrary<A | undefined> =>
  fc.oneof(
    { weight: 10 - absent, arbitrary },
    { weight: absent, arbitrary: fc.constant(undefined) }
  )

/** The record without the fields that are `undefined`, as absent fields look in this code. */
type Defined<A> =
  & { [K in keyof A as undefined extends A[K] ? never : K]: A[K] }
  & {
    [K in keyof A as undefined extends A[K] ? K : never]?: Exclude<A[K], undefined>
  }
const defined = <A extends object>(record: A): Defined<A> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<A>

const statusText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constant("AUTHORIZED") },
  { weight: 6, arbitrary: fc.constantFrom(...statusTexts) },
  { weight: 3, arbitrary: fc.constantFrom(...commandApiWords) },
  { weight: 2, arbitrary: fc.constantFrom(...unknownStatuses) },
  { weight: 1, arbitrary: fc.constantFrom(" AUTHORIZED", "AUTHORIZED\n", "CANCELED ", "X".repeat(80)) }
)

const confidenceStatus: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constant("ACQUIRER_APPROVED") },
  { weight: 4, arbitrary: fc.constantFrom(...confidenceStatuses) },
  { weight: 1, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: fc.constantFrom("INSURED", " ", "ACQUIRER_APPROVED ") }
)

const captureStatus: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constant("CAPTURED") },
  { weight: 6, arbitrary: fc.constantFrom(...captureStatuses) },
  { weight: 1, arbitrary: fc.constantFrom("SETTLED", "captured", "toString") }
)

const item = (word: fc.Arbitrary<string>, currency: string) =>
  fc.record({ status: word, amount: amount.map((minor) => ({ minor, currency })) })

const few = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<ReadonlyArray<A>>([]) },
    { weight: 4, arbitrary: arbitrary.map((one) => [one]) },
    { weight: 2, arbitrary: fc.array(arbitrary, { minLength: 2, maxLength: 3 }) }
  )

const authorization = (currency: string): fc.Arbitrary<Authorization> =>
  fc.record({
    status: statusText,
    amount: amount.map((minor) => ({ minor, currency })),
    confidenceLevel: confidenceStatus,
    captures: few(item(captureStatus, currency)),
    refunds: few(item(fc.constantFrom("CAPTURED", ...refundStatuses, "RETURNED"), currency)),
    chargebacks: few(item(fc.constantFrom("CHARGED", ...chargebackStatuses), currency)),
    reversal: maybe(amount.map((minor) => ({ amount: { minor, currency } })), 8)
  }).map(defined)

/** One payment line with the given id. */
const lineOf = (id: string, currency: string): fc.Arbitrary<PaymentLine> =>
  fc.record({ id: fc.constant(id), paymentMethod: fc.constantFrom(...methods), authorization: authorization(currency) })

// As text, 999999999 would come after 1000000001; one number is beyond what a double can hold.
const ids = ["7", "12", "999999999", "1000000001", "90071992547409931", "90071992547409932"] as const

const lineCount = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 5, arbitrary: fc.constant(1) },
  { weight: 5, arbitrary: fc.constant(2) },
  { weight: 3, arbitrary: fc.integer({ min: 3, max: 4 }) }
)

/** Lines with different ids, in any order, in `currency` or (one report in five) in several currencies. */
const linesIn = (currency: string): fc.Arbitrary<ReadonlyArray<PaymentLine>> =>
  fc.tuple(lineCount, fc.integer({ min: 0, max: 4 })).chain(([count, mix]) =>
    fc.shuffledSubarray([...ids], { minLength: count, maxLength: count }).chain((chosen) =>
      fc.tuple(
        ...chosen.map((id) =>
          mix === 0 ? fc.constantFrom(...currencies).chain((other) => lineOf(id, other)) : lineOf(id, currency)
        )
      )
    )
  )

const sum = (items: ReadonlyArray<{ status: string; amount: { minor: number } }>, ...words: Array<string>): number =>
  items.reduce((total, { amount: { minor }, status }) => words.includes(status) ? total + minor : total, 0)

/** The totals that agree with the lines. */
const totalsOf = (lines: ReadonlyArray<PaymentLine>, registered: number): ReportedTotals => {
  const add = (value: (authorization: Authorization) => number) =>
    lines.reduce((total, line) => total + value(line.authorization), 0)
  const remaining = (word: string) =>
    add((a) => a.status === "AUTHORIZED" && a.confidenceLevel === word ? a.amount.minor : 0)
  return {
    registered,
    shopperPending: remaining("SHOPPER_PENDING"),
    acquirerPending: remaining("ACQUIRER_PENDING"),
    acquirerApproved: remaining("ACQUIRER_APPROVED"),
    captured: add((a) => sum(a.captures, "CAPTURED")),
    refunded: add((a) => sum(a.refunds, "CAPTURED")),
    chargedBack: add((a) => sum(a.chargebacks, "CHARGED")),
    reversed: add((a) => a.reversal?.amount.minor ?? 0)
  }
}

const anyTotals = (registered: number): fc.Arbitrary<ReportedTotals> =>
  fc.record({
    registered: fc.constant(registered),
    shopperPending: amount,
    acquirerPending: amount,
    acquirerApproved: amount,
    captured: amount,
    refunded: fc.oneof(fc.constant(0), amount),
    chargedBack: fc.oneof(fc.constant(0), amount),
    reversed: fc.oneof(fc.constant(0), amount)
  })

const someMissing = (totals: ReportedTotals): fc.Arbitrary<ApproximateTotals> =>
  fc.subarray(Object.keys(totals) as Array<keyof ReportedTotals>, { minLength: 1 }).map((names) =>
    Object.fromEntries(names.map((name) => [name, totals[name]]))
  )

/** Totals that agree with the lines, lag behind them, contradict them, or lack elements. */
const totalsFor = (lines: ReadonlyArray<PaymentLine>, registered: number): fc.Arbitrary<ApproximateTotals> => {
  const agreeing = totalsOf(lines, registered)
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(agreeing) },
    { weight: 2, arbitrary: fc.constant({ ...agreeing, captured: 0, refunded: 0, chargedBack: 0 }) },
    { weight: 3, arbitrary: anyTotals(registered) },
    { weight: 1, arbitrary: fc.oneof(fc.constant(agreeing), anyTotals(registered)).chain(someMissing) }
  )
}

/** A report for an order of `gross` in `currency`. */
export const reportFor = ({ currency, gross }: { currency: string; gross: number }): fc.Arbitrary<StatusReport> =>
  linesIn(currency).chain((payments) =>
    fc.oneof({ weight: 8, arbitrary: fc.constant(gross) }, { weight: 2, arbitrary: amount }).chain((registered) =>
      fc.record({
        totals: totalsFor(payments, registered),
        exchangedTo: fc.oneof(
          { weight: 8, arbitrary: fc.constant(currency) },
          { weight: 1, arbitrary: fc.constantFrom(...currencies) },
          { weight: 1, arbitrary: fc.constant(undefined) }
        ),
        safe: maybe(fc.boolean(), 5)
      }).map(({ exchangedTo, safe, totals }) => ({
        totals: { ...totals, ...defined({ exchangedTo }) },
        payments,
        ...(safe === undefined ? {} : { consideredSafe: { value: safe, level: "SAFE" } })
      }))
    )
  )

export const intent: fc.Arbitrary<Intent> = fc.oneof(
  maybe(fc.constantFrom("SUCCESS", "NO_PAYMENTS", "ALREADY_CANCELED", "FAILED", "PENDING", "LATER"), 2).map((
    cancelResult
  ) => ({ wanted: "cancelled" as const, ...defined({ cancelResult }) })),
  fc.constant({ wanted: "expired" as const }),
  fc.constantFrom<string>(...orderStatuses, "", "delivered").map((status) => ({ wanted: "legacy" as const, status }))
)

const paidWhen: fc.Arbitrary<PaidWhen> = fc.constantFrom(...paidWhens)

const coverPolicy: fc.Arbitrary<CoverPolicy> = fc.record({
  default: paidWhen,
  rules: fc.array(
    fc.record({
      paymentMethod: maybe(fc.constantFrom(...methods), 3),
      currency: maybe(fc.constantFrom(...currencies), 6),
      when: paidWhen
    }).map(defined),
    { maxLength: 2 }
  )
})

/** Strict policies: the default one half of the time. */
const policy: fc.Arbitrary<Policy> = fc.oneof(
  fc.constant(defaultPolicy),
  fc.record({
    rules: fc.constant("strict" as const),
    paidWhen: coverPolicy,
    shipWhen: coverPolicy,
    marginMinor: fc.constantFrom({}, { EUR: 100, USD: 160 }, { EUR: 9999, JPY: 1 }, { EUR: -5, USD: 0 }),
    expireAfterDays: fc.constantFrom(1, 21)
  })
)

const orderStatus: fc.Arbitrary<OrderStatus> = fc.constantFrom(...orderStatuses)

const orderOf = ({ currency, gross }: { currency: string; gross: number }): fc.Arbitrary<Order> =>
  fc.record({
    key: fc.constant(orderKey),
    status: orderStatus,
    fulfilment: fc.constantFrom(...fulfilments),
    createdAtMs: fc.constant(createdAtMs),
    currency: fc.constant(currency),
    grossMinor: maybe(fc.constant(gross), 1),
    hold: maybe(fc.constantFrom("cancel-not-confirmed" as const, "paid-after-close" as const), 8),
    coveredByCapture: maybe(fc.boolean(), 3),
    closedBy: maybe(fc.constantFrom("shop" as const, "expiry" as const), 8),
    coveredAtOldRate: maybe(fc.constant(true as const), 9),
    releasedMinor: maybe(amount, 7),
    totals: maybe(anyTotals(gross), 5)
  }).map(defined)

const rowOf = (id: string, word: fc.Arbitrary<string>): fc.Arbitrary<PaymentRow> =>
  fc.record({
    paymentId: fc.constant(id),
    orderKey: fc.oneof(
      { weight: 8, arbitrary: fc.constant(undefined) },
      { weight: 2, arbitrary: fc.constant(orderKey) },
      { weight: 1, arbitrary: fc.constant("another order") }
    ),
    paymentMethod: fc.constantFrom(...methods),
    status: word,
    confidenceLevel: confidenceStatus,
    currency: maybe(fc.constantFrom(...currencies), 2),
    allocatedMinor: amount,
    debitedMinor: amount,
    refundedMinor: amount,
    chargedBackMinor: amount,
    reversedMinor: amount
  }).map(defined)

/** Stored rows, some of payments in the report, each id at most once, in any order. */
export const storedRows: fc.Arbitrary<ReadonlyArray<PaymentRow>> = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.shuffledSubarray([...ids, "3"], { maxLength: 4 }).chain((chosen) =>
      fc.tuple(...chosen.map((id) => rowOf(id, statusText)))
    )
  }
)

// Exactly as old as an order may be is not too old.
const ageMs = fc.constantFrom(0, 3_600_000, dayMs, dayMs + 1, 21 * dayMs, 21 * dayMs + 1, 400 * dayMs)

/** Any question that a correct caller may ask of the strict rules. */
export const question: fc.Arbitrary<Question> = fc.record({
  currency: fc.constantFrom("EUR", "EUR", "USD"),
  gross: amount
})
  .chain((wanted) =>
    fc.record({
      order: orderOf(wanted),
      payments: storedRows,
      report: reportFor(wanted),
      nowMs: ageMs.map((age) => createdAtMs + age),
      intent: maybe(intent, 6),
      policy
    })
  ).map(defined)

/** Questions as above, with lines of one currency only and no row of another order: what metamorphic laws start from. */
export const plainQuestion: fc.Arbitrary<Question> = question.map((one) => ({
  ...one,
  payments: one.payments.map((row) => defined({ ...row, orderKey: undefined })),
  report: {
    ...one.report,
    payments: one.report.payments.map((line) => ({
      ...line,
      authorization: inCurrency(line.authorization, one.order.currency)
    }))
  }
}))

const inCurrency = ({ reversal, ...rest }: Authorization, currency: string): Authorization => {
  const priced = <A extends { amount: { minor: number } }>(priced: A) => ({
    ...priced,
    amount: { minor: priced.amount.minor, currency }
  })
  return {
    ...priced(rest),
    captures: rest.captures.map(priced),
    refunds: rest.refunds.map(priced),
    chargebacks: rest.chargebacks.map(priced),
    ...(reversal === undefined ? {} : { reversal: priced(reversal) })
  }
}
