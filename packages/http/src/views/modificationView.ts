/**
 * Captures and refunds as the API tells them.
 */
import type { Modification as StoredModification } from "@docdata/application"
import type { Capture, Modification, Refund } from "@docdata/contract"
import { instantView, moneyView } from "./moneyView.ts"

const common = (
  { amountMinor, changedAtMs, currency, orderId, paymentId, requestedAtMs, state }: StoredModification
) => ({
  orderId,
  paymentId,
  amount: moneyView(amountMinor, currency),
  state,
  requestedAt: instantView(requestedAtMs),
  changedAt: instantView(changedAtMs)
})

export const captureView = (modification: StoredModification): typeof Capture.Type => ({
  kind: "capture",
  captureReference: modification.reference,
  ...common(modification),
  ...(modification.final === undefined ? {} : { final: true })
})

export const refundView = (modification: StoredModification): typeof Refund.Type => ({
  kind: "refund",
  refundReference: modification.reference,
  ...common(modification)
})

export const modificationView = (modification: StoredModification): typeof Modification.Type =>
  modification.kind === "capture" ? captureView(modification) : refundView(modification)
