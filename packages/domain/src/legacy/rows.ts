/**
 * Stored rows the way the reference writes them: one entry after the other, each with its own event.
 */
import type { Finding } from "../Finding.ts"
import type { OrderEvent } from "../OrderEvent.ts"
import * as PaymentId from "../PaymentId.ts"
import type { PaymentLine } from "../PaymentLine.ts"
import { changedFields, type PaymentRow } from "../PaymentRow.ts"
import { type Generation, isDocumented } from "./LegacyFacts.ts"

const sumOf = (items: ReadonlyArray<{ status: string; amount: { minor: number } }>, status: string): number =>
  items.reduce((sum, item) => item.status === status ? sum + item.amount.minor : sum, 0)

const amounts2016 = ({ authorization }: PaymentLine): Amounts => ({
  allocatedMinor: authorization.status === "AUTHORIZED" ? authorization.amount.minor : 0,
  debitedMinor: sumOf(authorization.captures, "CAPTURED"),
  refundedMinor: sumOf(authorization.refunds, "CAPTURED"),
  chargedBackMinor: sumOf(authorization.chargebacks, "CHARGED")
})

type Amounts = Pick<PaymentRow, "allocatedMinor" | "debitedMinor" | "refundedMinor" | "chargedBackMinor">

const nothing: Amounts = { allocatedMinor: 0, debitedMinor: 0, refundedMinor: 0, chargedBackMinor: 0 }

// Only first entries count, whatever their status, and what is absent leaves the row as it was.
const amounts2013 = ({ authorization }: PaymentLine, before: Amounts): Amounts => ({
  allocatedMinor: authorization.captures[0]?.amount.minor ?? before.allocatedMinor,
  debitedMinor: authorization.status === "AUTHORIZED" ? authorization.amount.minor : before.debitedMinor,
  refundedMinor: authorization.refunds[0]?.amount.minor ?? before.refundedMinor,
  chargedBackMinor: authorization.chargebacks[0]?.amount.minor ?? before.chargedBackMinor
})

/** Where rows, events and findings of one report are collected. */
export interface LegacyRows {
  readonly rowsById: Map<string, PaymentRow>
  readonly events: Array<OrderEvent>
  readonly findings: Array<Finding>
}

/** Writes one line of the report; the last entry of a doubled id wins, with an event for each. */
export const storeLine = (
  line: PaymentLine,
  generation: Generation,
  { events, findings, rowsById }: LegacyRows
): void => {
  const paymentId = PaymentId.normalise(line.id) ?? line.id
  const stored = rowsById.get(paymentId)
  const { authorization, paymentMethod } = line
  const after: PaymentRow = {
    ...(stored ?? { paymentId, currency: authorization.amount.currency, reversedMinor: 0 }),
    paymentMethod,
    status: authorization.status,
    confidenceLevel: authorization.confidenceLevel,
    ...(generation === "2016" ? amounts2016(line) : amounts2013(line, stored ?? nothing))
  }
  if (stored !== undefined && stored.paymentMethod !== paymentMethod) {
    findings.push({ kind: "legacy-payment-method-changed", paymentId })
  }
  if (stored?.status !== after.status && !isDocumented(after.status, generation)) {
    findings.push({ kind: "legacy-unknown-status-word", paymentId, word: after.status })
  }
  if (stored === undefined) events.push({ type: "payment.added", paymentId, payment: after })
  else {
    const changed = changedFields(stored, after)
    if (changed.length === 0) return
    events.push({ type: "payment.updated", paymentId, payment: after, changed })
  }
  rowsById.set(paymentId, after)
}
