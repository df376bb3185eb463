/**
 * A stored order as the API tells it: the one projection that every interface shares.
 */
import { type AbandonReason, mayHaveHappened, type OrderSnapshot, type StoredOrder } from "@docdata/application"
import type { Order, OrderSummary, Payment, Totals } from "@docdata/contract"
import type { PaymentRow, ReportedTotals } from "@docdata/domain"
import { instantField, instantView, moneyView, moneyViews } from "./moneyView.ts"

const totalNames = [
  "registered",
  "shopperPending",
  "acquirerPending",
  "acquirerApproved",
  "captured",
  "refunded",
  "chargedBack",
  "reversed"
] as const satisfies ReadonlyArray<keyof ReportedTotals>

const totalsView = (totals: ReportedTotals, currency: string): typeof Totals.Type =>
  moneyViews(totals, totalNames, currency)

/** A payment; one whose own currency is not known has that of its order, if that is known. */
export const paymentView = (row: PaymentRow, orderCurrency?: string): typeof Payment.Type => {
  const currency = row.currency ?? orderCurrency
  return {
    id: row.paymentId,
    paymentMethod: row.paymentMethod,
    status: row.status,
    confidenceLevel: row.confidenceLevel,
    allocated: moneyView(row.allocatedMinor, currency),
    debited: moneyView(row.debitedMinor, currency),
    refunded: moneyView(row.refundedMinor, currency),
    chargedBack: moneyView(row.chargedBackMinor, currency),
    reversed: moneyView(row.reversedMinor, currency)
  }
}

const abandonedBecauseView = (reason: AbandonReason): NonNullable<(typeof OrderSummary.Type)["abandonedBecause"]> => {
  if (reason._tag === "CreatorDied") return "interrupted"
  if (mayHaveHappened("create", reason)) return "unanswered"
  return reason._tag === "TransportFailure" ? "not-sent" : "refused"
}

export const orderSummary = ({ state, ...order }: StoredOrder): typeof OrderSummary.Type => ({
  id: order.id,
  merchant: order.merchant,
  shopReference: order.shopReference,
  orderReference: order.orderReference,
  ...(order.registration === "confirmed" ? { orderKey: state.key } : {}),
  orderAttempt: order.orderAttempt,
  registration: order.registration,
  ...(order.abandonedBecause && { abandonedBecause: abandonedBecauseView(order.abandonedBecause) }),
  revision: order.revision,
  status: state.status,
  fulfilment: state.fulfilment,
  ...(state.closedBy === undefined ? {} : { closedBy: state.closedBy }),
  ...(state.hold === undefined ? {} : { hold: state.hold }),
  amount: moneyView(order.grossMinor, order.currency),
  ...(state.releasedMinor === undefined ? {} : { released: moneyView(state.releasedMinor, order.currency) }),
  ...(state.totals === undefined ? {} : { totals: totalsView(state.totals, order.currency) }),
  createdAt: instantView(order.createdAtMs),
  ...instantField("refreshedAt", order.observedFromMs),
  ...instantField("nextRefreshAt", order.nextRefreshAtMs)
})

/** The order with its own payments. `menuUrl` is absent before Docdata knows the order. */
export const orderView = ({ order, payments }: OrderSnapshot, menuUrl: string | undefined): typeof Order.Type => ({
  ...orderSummary(order),
  ...(order.subjectMerchant === undefined ? {} : { subjectMerchant: order.subjectMerchant }),
  language: order.language,
  billToCountry: order.billToCountry,
  ...(menuUrl === undefined ? {} : { menuUrl }),
  payments: payments.filter(({ orderKey }) => orderKey === undefined).map((row) => paymentView(row, order.currency))
})
