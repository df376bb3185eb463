/**
 * Changes of a question that have a known effect on its answer, or none: what metamorphic laws are made of.
 */
import fc from "fast-check"
import type { Authorization, PaymentLine } from "../../src/PaymentLine.ts"
import type { PaymentRow } from "../../src/PaymentRow.ts"
import type { Question } from "../../src/reconcile.ts"

/** The question with other lines. */
export const withLines = (question: Question, payments: ReadonlyArray<PaymentLine>): Question => ({
  ...question,
  report: { ...question.report, payments }
})

/** The question with some totals replaced. */
export const withTotals = (question: Question, totals: Partial<Question["report"]["totals"]>): Question => ({
  ...question,
  report: { ...question.report, totals: { ...question.report.totals, ...totals } }
})

/** The line with some of its authorisation replaced. */
export const withAuthorization = (line: PaymentLine, changes: Partial<Authorization>): PaymentLine => ({
  ...line,
  authorization: { ...line.authorization, ...changes }
})

const shuffled = <A>(items: ReadonlyArray<A>): fc.Arbitrary<Array<A>> =>
  fc.shuffledSubarray([...items], { minLength: items.length })

const shuffledLine = (line: PaymentLine): fc.Arbitrary<PaymentLine> => {
  const { captures, chargebacks, refunds } = line.authorization
  return fc.tuple(shuffled(captures), shuffled(refunds), shuffled(chargebacks)).map(
    ([captures, refunds, chargebacks]) => withAuthorization(line, { captures, refunds, chargebacks })
  )
}

/** The same report with payments, captures, refunds and chargebacks in any other order. */
export const shuffledReport = (question: Question): fc.Arbitrary<Question> =>
  shuffled(question.report.payments).chain((lines) => fc.tuple(...lines.map(shuffledLine)))
    .map((lines) => withLines(question, lines))

/** The same stored rows in any other order. */
export const shuffledRows = (question: Question): fc.Arbitrary<Question> =>
  shuffled(question.payments).map((payments) => ({ ...question, payments }))

interface Changes {
  readonly minor: (minor: number) => number
  readonly currency: (currency: string) => string
}

const changeLine = ({ authorization, ...line }: PaymentLine, { currency, minor }: Changes): PaymentLine => {
  const money = <A extends { amount: { minor: number; currency: string } }>(priced: A): A => ({
    ...priced,
    amount: { minor: minor(priced.amount.minor), currency: currency(priced.amount.currency) }
  })
  const { captures, chargebacks, refunds, reversal } = authorization
  return {
    ...line,
    authorization: {
      ...money(authorization),
      captures: captures.map(money),
      refunds: refunds.map(money),
      chargebacks: chargebacks.map(money),
      ...(reversal === undefined ? {} : { reversal: money(reversal) })
    }
  }
}

const changeNumbers = <A extends object>(record: A, minor: (value: number) => number): A =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, typeof value === "number" ? minor(value) : value])
  ) as A

const changeRow = (row: PaymentRow, { currency, minor }: Changes): PaymentRow => ({
  ...changeNumbers(row, minor),
  ...(row.currency === undefined ? {} : { currency: currency(row.currency) })
})

/** The question with every amount and every currency changed in the same way. Margins are left out. */
export const changeMoney = (question: Question, changes: Partial<Changes>): Question => {
  const all: Changes = { minor: (minor) => minor, currency: (currency) => currency, ...changes }
  const { order, payments, policy, report } = question
  const { exchangedTo, ...totals } = report.totals
  const cover = (one: typeof policy.paidWhen) => ({
    ...one,
    rules: one.rules.map((rule) =>
      rule.currency === undefined ? rule : { ...rule, currency: all.currency(rule.currency) }
    )
  })
  return {
    ...question,
    order: {
      ...order,
      currency: all.currency(order.currency),
      ...(order.grossMinor === undefined ? {} : { grossMinor: all.minor(order.grossMinor) }),
      ...(order.releasedMinor === undefined ? {} : { releasedMinor: all.minor(order.releasedMinor) }),
      ...(order.totals === undefined ? {} : { totals: changeNumbers(order.totals, all.minor) })
    },
    payments: payments.map((row) => changeRow(row, all)),
    report: {
      ...report,
      totals: {
        ...changeNumbers(totals, all.minor),
        ...(exchangedTo === undefined ? {} : { exchangedTo: all.currency(exchangedTo) })
      },
      payments: report.payments.map((line) => changeLine(line, all))
    },
    policy: { ...policy, paidWhen: cover(policy.paidWhen), shipWhen: cover(policy.shipWhen), marginMinor: {} }
  }
}

/** The question with every payment id replaced, in the report and among the stored rows. */
export const changeIds = (question: Question, id: (id: string) => string): Question => ({
  ...withLines(question, question.report.payments.map((line) => ({ ...line, id: id(line.id) }))),
  payments: question.payments.map((row) => ({ ...row, paymentId: id(row.paymentId) }))
})
