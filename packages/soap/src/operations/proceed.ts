/**
 * `proceed`: continues a started payment with what the shopper brought back.
 */
import type { ProceedInput, ShopperResult } from "@docdata/application"
import { replyFormat } from "../envelope/ReplyFormat.ts"
import { parent, required } from "../shape/Shape.ts"
import { needed, optional, type RequestWriter } from "../request/RequestWriter.ts"
import {
  boolean,
  fortyHexDigits,
  oneOf,
  openText,
  orderKey,
  paymentId,
  text,
  twelveDigits,
  zeroOrMinusOne
} from "../request/Rule.ts"
import { paymentResponse } from "./paymentResponse.ts"

type Of<Tag extends ShopperResult["_tag"]> = Extract<ShopperResult, { readonly _tag: Tag }>

const belfiusOutcome = oneOf({ success: "SUCCESS", cancel: "CANCEL", abort: "ABORT" })

const writeIngHomePay = (writer: RequestWriter, ing: Of<"IngHomePay">): void =>
  writer.element("ingHomePayAuthorizationResult", {}, () => {
    writer.leaves(ing, [needed<Of<"IngHomePay">>("vendorId", "vendorId", text(255))])
    writer.money("amount", "amount", ing.amount)
    writer.leaves(ing, [
      needed<Of<"IngHomePay">>("message", "message", twelveDigits),
      needed<Of<"IngHomePay">>("returnCode", "returnCode", zeroOrMinusOne),
      optional<Of<"IngHomePay">>("hash", "hash", fortyHexDigits)
    ])
  })

const writeResult = (writer: RequestWriter, result: ShopperResult): void =>
  writer.choice(result, {
    ThreeDomainSecure: (secure) =>
      writer.element("threeDomainSecureAuthenticationResult", {}, () =>
        writer.leaves(secure, [
          needed<Of<"ThreeDomainSecure">>("MD", "merchantData", text(2048)),
          // Not `PaRes`, as the browser's form field is called.
          needed<Of<"ThreeDomainSecure">>("PARes", "authenticationResponse", openText)
        ])),
    Ideal: () => writer.element("iDealAuthorizationResult", {}),
    IngHomePay: (ing) => writeIngHomePay(writer, ing),
    Kbc: (kbc) =>
      writer.element("kbcAuthorizationResult", {}, () =>
        writer.leaves(kbc, [needed<Of<"Kbc">>("olpCtx", "context", openText)])),
    Belfius: (belfius) =>
      writer.element("belfiusAuthorizationResult", {}, () =>
        writer.leaves(belfius, [needed<Of<"Belfius">>("status", "outcome", belfiusOutcome)])),
    PayPal: (paypal) =>
      writer.element("paypalAuthenticationResult", {}, () =>
        writer.leaves(paypal, [
          needed<Of<"PayPal">>("Token", "token", text(35)),
          optional<Of<"PayPal">>("PayerId", "payerId", openText),
          needed<Of<"PayPal">>("ShopperCanceled", "shopperCancelled", boolean)
        ]))
  })

/** Source: Docdata XSD 1.3, `proceedRequest`. */
export const writeProceed = (writer: RequestWriter, input: ProceedInput): void => {
  writer.unsent("orderKey", input.orderKey, orderKey)
  writer.leaves(input, [needed<ProceedInput>("paymentId", "paymentId", paymentId)])
  writer.object("result", input.result, () => writeResult(writer, input.result))
}

/** Source: Docdata XSD 1.3, `proceedResponse`. */
export const proceedReply = replyFormat(
  "proceed",
  parent({ paymentResponse: required(paymentResponse) }, ({ paymentResponse: payment }) => payment)
)
