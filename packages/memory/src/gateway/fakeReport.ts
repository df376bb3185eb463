/**
 * What the fake says when asked: totals and attempts of an order, and the details of each attempt.
 */
import type { Capture, ExtendedStatus, PaymentInfo, PaymentLine, StatusReport } from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import { isVoided } from "./amounts.ts"
import type { FakeModification, FakeOrder, FakePayment } from "./FakeWorld.ts"

interface Counted {
  readonly status: string
  readonly amount: { readonly minor: number }
}

const sumOf = (word: string, modifications: ReadonlyArray<Counted>): number =>
  modifications.filter(({ status }) => status === word).reduce((sum, { amount }) => sum + amount.minor, 0)

const reversedMinor = ({ reversal }: FakePayment): number => reversal?.amount.minor ?? 0

/** Without the day that was asked for, which no report tells. */
const modificationOf = ({ amount, merchantReference, reason, status }: FakeModification): Capture => ({
  status,
  amount,
  ...(merchantReference === undefined ? {} : { merchantReference }),
  ...(reason === undefined ? {} : { reason })
})

const lineOf = (payment: FakePayment): PaymentLine => {
  const { amount, captures, chargebacks, confidenceLevel, id, method, reason, refunds, reversal, status } = payment
  return {
    id,
    paymentMethod: method,
    authorization: {
      status,
      ...(reason === undefined ? {} : { reason }),
      amount,
      confidenceLevel,
      captures: captures.map(modificationOf),
      refunds: refunds.map(modificationOf),
      chargebacks,
      ...(reversal === undefined ? {} : { reversal })
    }
  }
}

/** The report of an order. All payments are in the order's currency, so its totals are exact. */
export const reportOf = ({ input }: FakeOrder, payments: ReadonlyArray<FakePayment>): StatusReport => {
  const authorized = payments.filter(({ status }) => status === "AUTHORIZED")
  const bucket = (confidence: string): number =>
    authorized
      .filter((payment) => payment.confidenceLevel === confidence && !isVoided(payment))
      .reduce((sum, payment) => sum + payment.amount.minor - reversedMinor(payment), 0)
  return {
    totals: {
      exchangedTo: input.total.currency,
      registered: input.total.minor,
      shopperPending: bucket("SHOPPER_PENDING"),
      acquirerPending: bucket("ACQUIRER_PENDING"),
      acquirerApproved: bucket("ACQUIRER_APPROVED"),
      captured: sumOf("CAPTURED", authorized.flatMap(({ captures }) => captures)),
      refunded: sumOf("CAPTURED", payments.flatMap(({ refunds }) => refunds)),
      chargedBack: sumOf("CHARGED", payments.flatMap(({ chargebacks }) => chargebacks)),
      reversed: payments.reduce((sum, payment) => sum + reversedMinor(payment), 0)
    },
    payments: payments.map(lineOf)
  }
}

// Check digits that no bank issues, and a name that nobody has.
const shopper = {
  holderName: Redacted.make("Nobody Real"),
  shopperAccount: { iban: Redacted.make("NL00FAKE0000000001"), bic: Redacted.make("FAKENL00") }
}

const infoOf = ({ id, method }: FakePayment): PaymentInfo => ({
  paymentId: id,
  riskChecks: { score: 0, checks: [] },
  ...(method === "IDEAL" ? { details: { _tag: "Ideal", ...shopper } as const } : {})
})

/** The report and the details of each payment. */
export const extendedStatusOf = (order: FakeOrder, payments: ReadonlyArray<FakePayment>): ExtendedStatus => ({
  report: reportOf(order, payments),
  paymentInfos: payments.map(infoOf)
})
