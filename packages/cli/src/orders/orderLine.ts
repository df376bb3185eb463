/**
 * Orders and movements as the objects that `--json` prints.
 */
import type { Movement, OrderSnapshot, StoredOrder } from "@docdata/application"
import { instantText } from "../text/whenText.ts"
import type { MovementOutput, OrderDetail, OrderLine } from "./OrderOutput.ts"

export const orderLine = (order: StoredOrder): typeof OrderLine.Type => {
  const { nextCheckAtMs, state } = order
  return {
    id: order.id,
    merchant: order.merchant,
    shopReference: order.shopReference,
    reference: order.reference,
    ...(state.key === "" ? {} : { key: state.key }),
    attempt: order.attempt,
    registration: order.registration,
    status: state.status,
    fulfilment: state.fulfilment,
    ...(state.hold === undefined ? {} : { hold: state.hold }),
    amount: { minor: order.grossMinor, currency: order.currency },
    created: instantText(order.createdAtMs),
    ...(nextCheckAtMs === undefined ? {} : { nextCheck: instantText(nextCheckAtMs) })
  }
}

export const movementOutput = (movement: Movement): typeof MovementOutput.Type => {
  const { amountMinor, changedAtMs, currency, kind, paymentId, reference, requestedAtMs, state } = movement
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
  movements: ReadonlyArray<Movement>
): typeof OrderDetail.Type => {
  const { order } = snapshot
  const { observedFromMs, subjectMerchant, state: { totals } } = order
  return {
    ...orderLine(order),
    ...(subjectMerchant === undefined ? {} : { subjectMerchant }),
    language: order.language,
    billToCountry: order.billToCountry,
    revision: order.revision,
    ...(observedFromMs === undefined ? {} : { lastLook: instantText(observedFromMs) }),
    ...(totals === undefined ? {} : { totals }),
    payments: ownPayments(snapshot),
    movements: movements.map(movementOutput)
  }
}
