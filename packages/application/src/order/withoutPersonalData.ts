/**
 * What is left of a refresh of an order once the shopper's data has to go.
 *
 * Texts of exchanges may hold anything, and reasons are free text of acquirers that may name people or accounts. The
 * provider's own words, amounts, findings and the decision name nobody and stay, so that the decision can still be
 * replayed: no rule reads a reason.
 */
import type { Authorization, PaymentLine } from "@docdata/domain"
import type { NewObservation } from "./Observation.ts"

const emptied = <Entry extends { readonly reason?: string }>(entry: Entry): Entry =>
  entry.reason === undefined ? entry : { ...entry, reason: "" }

const authorizationWithout = (authorization: Authorization): Authorization => ({
  ...emptied(authorization),
  captures: authorization.captures.map(emptied),
  refunds: authorization.refunds.map(emptied),
  chargebacks: authorization.chargebacks.map((chargeback) =>
    chargeback.enquiryReason === undefined ? emptied(chargeback) : { ...emptied(chargeback), enquiryReason: "" }
  ),
  ...(authorization.reversal === undefined ? {} : { reversal: emptied(authorization.reversal) })
})

const lineWithout = (line: PaymentLine): PaymentLine => ({
  ...line,
  authorization: authorizationWithout(line.authorization)
})

/** The observation with empty texts and empty reasons; what was absent stays absent. Repeating changes nothing. */
export const withoutPersonalData = <RefreshRequest extends NewObservation>(
  observation: RefreshRequest
): RefreshRequest => {
  const { exchange, report } = observation
  const erased = { ...observation, report: { ...report, payments: report.payments.map(lineWithout) } }
  if (exchange === undefined) return erased
  return {
    ...erased,
    exchange: exchange.replyText === undefined ? { requestText: "" } : { requestText: "", replyText: "" }
  }
}
