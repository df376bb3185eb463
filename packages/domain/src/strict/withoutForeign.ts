/**
 * Payments that are stored under another order do not count for this one.
 */
import type { StrictFinding } from "../Finding.ts"
import { isForeign, type PaymentRow } from "../PaymentRow.ts"
import type { PaymentReading } from "./PaymentReading.ts"

/** The attempts whose rows are not another order's; each one left out is a finding. */
export const withoutForeign = (
  readings: ReadonlyArray<PaymentReading>,
  { order, payments }: { readonly order: { readonly key: string }; readonly payments: ReadonlyArray<PaymentRow> },
  findings: Array<StrictFinding>
): ReadonlyArray<PaymentReading> => {
  const foreign = payments.filter((row) => isForeign(row, order.key))
  if (foreign.length === 0) return readings
  const owners = new Map(foreign.map((row) => [row.paymentId, row.orderKey!]))
  return readings.filter(({ id }) => {
    const orderKey = owners.get(id)
    if (orderKey === undefined) return true
    findings.push({ kind: "foreign-payment-id", paymentId: id, orderKey })
    return false
  })
}
