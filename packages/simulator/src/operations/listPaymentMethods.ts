/** `listPaymentMethods`: what the order may be paid with; newer servers name the banks of iDEAL. */
import { offeredMethods } from "../order/offeredMethods.ts"
import { issuers } from "../order/PaymentMethod.ts"
import type { Call, Outcome } from "./Outcome.ts"
import { element, orderAsked, refused, succeeded } from "./Outcome.ts"
import { orderNotFound } from "./RequestError.ts"

export const listPaymentMethods = (call: Call): Outcome => {
  const order = orderAsked(call)
  if (order === undefined) return refused(orderNotFound)
  const withIssuers = call.world.settings.version.issuers
  return succeeded(
    ...offeredMethods(order, call.merchant).map(({ name }) =>
      element("paymentMethod", [
        element("name", name),
        withIssuers && name === "IDEAL"
          ? element("issuers", issuers.map((issuer) => element("issuer", issuer.name, { id: issuer.bic })))
          : undefined
      ])
    )
  )
}
