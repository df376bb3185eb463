/**
 * Captures and refunds as the API tells them.
 */
import type { Movement } from "@docdata/application"
import type { Capture, Modification, Refund } from "@docdata/contract"
import { instantView, moneyView } from "./moneyView.ts"

const common = ({ amountMinor, changedAtMs, currency, orderId, paymentId, requestedAtMs, state }: Movement) => ({
  orderId,
  paymentId,
  amount: moneyView(amountMinor, currency),
  state,
  requestedAt: instantView(requestedAtMs),
  changedAt: instantView(changedAtMs)
})

export const captureView = (movement: Movement): typeof Capture.Type => ({
  kind: "capture",
  captureReference: movement.reference,
  ...common(movement)
})

export const refundView = (movement: Movement): typeof Refund.Type => ({
  kind: "refund",
  refundReference: movement.reference,
  ...common(movement)
})

export const modificationView = (movement: Movement): typeof Modification.Type =>
  movement.kind === "capture" ? captureView(movement) : refundView(movement)
