/**
 * Orders and modifications as the objects that `--json` prints.
 */
import type { Modification, OrderSnapshot, StoredOrder } from "@docdata/application"
import { instantText } from "../text/whenText.ts"
import type { ModificationOutput, OrderDetail, OrderLine } from "./OrderOutput.ts"

export const orderLine = (order: StoredOrder): typeof OrderLine.Type => {
  const { nextRefreshAtMs, state } = order
  return {
    id: order.id,
    merchant: order.merchant,
    shopReference: order.shopReference,
    orderReference: order.orderReference,
    ...(state.key === "" ? {} : { key: state.key }),
    orderAttempt: order.orderAttempt,
    registration: order.registration,
    status: state.status,
    fulfilment: state.fulfilment,
    ...(state.hold === undefined ? {} : { hold: state.hold }),
    amount: { minor: order.grossMinor, currency: order.currency },
    created: instantText(order.createdAtMs),
    ...(nextRefreshAtMs === undefined ? {} : { nextRefresh: instantText(nextRefreshAtMs) })
  }
}

export const modificationOutput = (modification: Modification): typeof ModificationOutput.Type => {
  const { amountMinor, changedAtMs, currency, kind, paymentId, reference, requestedAtMs, state } = modification
  return {
    kind,
    reference,
    paymentId,
    amount: { minor: amountMinor, currency },
    state,
    requested: instantText(requestedAtMs),
    changed: instantText(changedAtMs)
  }
}

/** Rows found under another order are not this order's payments. */
export const ownPayments = ({ payments }: OrderSnapshot) => payments.filter(({ orderKey }) => orderKey === undefined)

export const orderDetail = (
  snapshot: OrderSnapshot,
  modifications: ReadonlyArray<Modification>
): typeof OrderDetail.Type => {
  const { order } = snapshot
  const { observedFromMs, subjectMerchant, state: { totals } } = order
  return {
    ...orderLine(order),
    ...(subjectMerchant === undefined ? {} : { subjectMerchant }),
    language: order.language,
    billToCountry: order.billToCountry,
    revision: order.revision,
    ...(observedFromMs === undefined ? {} : { lastRefresh: instantText(observedFromMs) }),
    ...(totals === undefined ? {} : { totals }),
    payments: ownPayments(snapshot),
    modifications: modifications.map(modificationOutput)
  }
}
