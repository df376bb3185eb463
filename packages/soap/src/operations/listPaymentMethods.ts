/**
 * `listPaymentMethods`: what an order can be paid with. Its request is {@link writeOrderByKey}.
 */
import type { PaymentMethod } from "@docdata/application"
import { replyFormat } from "../envelope/ReplyFormat.ts"
import { leaf, many, optional, parent, record, required } from "../shape/Shape.ts"
import { attributeOf, text } from "../shape/values.ts"

// Not in the schema we hold, but in replies of servers at 1.3.15.
const issuers = parent(
  { issuer: many(leaf((name, site) => ({ id: attributeOf(site, "id"), name }))) },
  ({ issuer }) => issuer
)

const method = parent({
  name: required(text),
  issuers: optional(issuers),
  mandates: many(
    record({ id: required(text), scheme: required(text), type: required(text), state: required(text) }),
    "mandate"
  ),
  mobile: optional(record({ qrCodeUrl: required(text), intentUrl: required(text) }))
}, ({ issuers: listed = [], ...rest }): PaymentMethod => ({ issuers: listed, ...rest }))

/** Source: Docdata XSD 1.3, `listPaymentMethodsResponse`. */
export const listPaymentMethodsReply = replyFormat(
  "listPaymentMethods",
  parent({ paymentMethod: many(method) }, ({ paymentMethod }) => paymentMethod)
)
