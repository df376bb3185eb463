/**
 * What `create`, `start` and `proceed` answer about the payment itself.
 */
import type { PaymentResponse } from "@docdata/application"
import { displayText } from "../displayText.ts"
import { errorTextLengthMax, statusLengthMax } from "../envelope/Reply.ts"
import { leaf, optional, parent, required } from "../shape/Shape.ts"
import { numberText, text } from "../shape/values.ts"

const accepted = parent(
  { paymentId: required(numberText, "id"), status: required(text) },
  (children): PaymentResponse => ({ _tag: "Accepted", ...children })
)

const error = leaf((written, { attributes }) => ({
  code: displayText(attributes.get("code") ?? "", statusLengthMax),
  message: displayText(written, errorTextLengthMax)
}))

const failed = parent(
  { error: required(error), status: optional(text), paymentId: optional(numberText, "id") },
  ({ error: why, ...rest }): PaymentResponse => ({ _tag: "Failed", ...why, ...rest })
)

const insufficient = parent({}, (): PaymentResponse => ({ _tag: "InsufficientData" }))

/**
 * Three optional elements in the schema, of which one is expected. Should an error ever stand beside a success,
 * the error counts: nobody ships goods on a contradiction.
 */
export const paymentResponse = parent(
  {
    paymentError: optional(failed),
    paymentSuccess: optional(accepted),
    paymentInsufficientData: optional(insufficient)
  },
  ({ paymentError, paymentInsufficientData, paymentSuccess }): PaymentResponse =>
    paymentError ?? paymentSuccess ?? paymentInsufficientData ?? { _tag: "Silent" }
)
