/**
 * Whether two entries of the same payment say the same.
 */
import type { Money } from "../Money.ts"
import type { PaymentLine } from "../PaymentLine.ts"

interface Item {
  readonly status: string
  readonly amount: Money
}

// One text per item that holds all that decides; sorted, because the inner order means nothing.
const itemsText = (items: ReadonlyArray<Item>): string =>
  JSON.stringify(items.map(({ amount, status }) => JSON.stringify([status, amount.minor, amount.currency])).toSorted())

const lineText = ({ authorization, paymentMethod }: PaymentLine): string =>
  JSON.stringify([
    paymentMethod,
    authorization.status,
    authorization.amount.minor,
    authorization.amount.currency,
    authorization.confidenceLevel,
    itemsText(authorization.captures),
    itemsText(authorization.refunds),
    itemsText(authorization.chargebacks),
    authorization.reversal?.amount.minor,
    authorization.reversal?.amount.currency
  ])

/** True if all that can decide is equal, in whatever order captures, refunds and chargebacks come. */
export const sameLine = (a: PaymentLine, b: PaymentLine): boolean => lineText(a) === lineText(b)
