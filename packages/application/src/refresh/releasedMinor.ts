/**
 * What the shop gives up by final captures.
 */
import { isCountedModification, type Order, type PaymentRow } from "@docdata/domain"
import type { Modification } from "../ports/index.ts"

const sumMinor = (captures: ReadonlyArray<Modification>): number =>
  captures.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

/** What no capture of the payment will take: its rest, if one of those that count is final. */
const restMinor = (row: PaymentRow, captures: ReadonlyArray<Modification>): number => {
  if (!captures.some(({ final }) => final === true)) return 0
  const confirmedMinor = sumMinor(captures.filter(({ state }) => state === "confirmed"))
  // The automatic capture of the account, or somebody in the back office.
  const byOthersMinor = Math.max(0, row.debitedMinor - confirmedMinor)
  return Math.max(0, row.allocatedMinor - row.reversedMinor - byOthersMinor - sumMinor(captures))
}

/**
 * The order with what its final captures give up. Worked out anew from the modifications each time: a capture that failed or
 * was taken back gives nothing up. Payments in another currency release nothing, see decision 0350.
 */
export const withReleased = (
  order: Order,
  { modifications, payments }: {
    readonly modifications: ReadonlyArray<Modification>
    readonly payments: ReadonlyArray<PaymentRow>
  }
): Order => {
  const captures = modifications.filter(({ kind, state }) => kind === "capture" && isCountedModification(state))
  const { releasedMinor: before, ...rest } = order
  const releasedMinor = payments
    .filter(({ currency = order.currency, orderKey }) => orderKey === undefined && currency === order.currency)
    .map((row) => restMinor(row, captures.filter(({ paymentId }) => paymentId === row.paymentId)))
    .reduce((sum, minor) => sum + minor, 0)
  if (releasedMinor === (before ?? 0)) return order
  return releasedMinor === 0 ? rest : { ...rest, releasedMinor }
}
