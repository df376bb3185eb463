/**
 * Under which ids the payments of a report are stored.
 */
import { PaymentId, type StatusReport } from "@docdata/domain"

/** Without leading zeros, as rows have them: with them a payment of another order would not be found. */
export const paymentIdsOf = ({ payments }: StatusReport): ReadonlyArray<string> =>
  payments.map(({ id }) => PaymentId.normalise(id) ?? id)
