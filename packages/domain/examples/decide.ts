import { defaultPolicy, reconcileStrict } from "@docdata/domain"

const amount = { minor: 4990, currency: "EUR" } // 49.90 EUR: amounts are integers in minor units
const answer = { status: "AUTHORIZED", amount, confidenceLevel: "ACQUIRER_APPROVED" }
const authorization = { ...answer, captures: [{ status: "CAPTURED", amount }], refunds: [], chargebacks: [] }
const promised = { shopperPending: 0, acquirerPending: 0, acquirerApproved: 4990 }
const totals = { ...promised, exchangedTo: "EUR", registered: 4990, captured: 4990, refunded: 0, chargedBack: 0 }
const known = { key: "A1B2C3D4E5F6", createdAtMs: Date.UTC(2026, 10, 2), currency: "EUR", grossMinor: 4990 }
const { decision } = reconcileStrict({
  order: { ...known, status: "new", fulfilment: "wait" },
  payments: [], // what is stored of this order's payments: nothing yet
  report: { totals, payments: [{ id: "5120050101", paymentMethod: "IDEAL", authorization }] },
  nowMs: Date.UTC(2026, 10, 2, 12),
  policy: defaultPolicy
})
console.log(decision.status, decision.rule, decision.fulfilment)
