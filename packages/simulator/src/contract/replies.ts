/** The replies of the nine operations, up to what servers of version 1.3.15 send. */
import type { ComplexType, Particle } from "./ContentModel.ts"
import { allowed, any, choice, holding, many, maybe, one, required, sequence, some, textWith } from "./ContentModel.ts"
import { paymentInfo } from "./extendedInfoTypes.ts"
import { amount } from "./sharedTypes.ts"
import * as Simple from "./simpleTypes.ts"

const error = textWith({ name: "error", attributes: [required("code", Simple.errorCode)] }, Simple.text)
const success = textWith({ name: "success", attributes: [required("code", Simple.successCode)] }, Simple.text)

const paymentResponse = holding(
  { name: "paymentResponse", meaning: "What became of a payment that was started." },
  sequence(
    maybe(
      "paymentSuccess",
      holding({}, sequence(one("status", Simple.authorizationStatus), one("id", Simple.paymentId), any))
    ),
    maybe("paymentInsufficientData", holding({}, sequence(any))),
    maybe(
      "paymentError",
      holding(
        {},
        sequence(one("error", error), maybe("status", Simple.authorizationStatus), maybe("id", Simple.paymentId), any)
      )
    ),
    any
  )
)

const parameter = textWith({ attributes: [required("name", Simple.string50)] }, Simple.string2048)
const redirect = holding(
  { name: "paymentRedirect", meaning: "Where the shopper's browser must go next." },
  sequence(
    one("method", Simple.httpMethod),
    one("url", Simple.string2048),
    one("parameters", holding({ name: "parameters" }, sequence(many("parameter", parameter)))),
    any
  )
)

const totals = holding(
  {
    name: "approximateTotals",
    meaning:
      "Sums over all payments, in the smallest unit of exchangedTo; converted at a daily rate if currencies differ.",
    attributes: [allowed("exchangedTo", Simple.currency), allowed("exchangeRateDate", Simple.plainDateTime)]
  },
  sequence(
    one("totalRegistered", Simple.int),
    one("totalShopperPending", Simple.int),
    one("totalAcquirerPending", Simple.int),
    one("totalAcquirerApproved", Simple.int),
    one("totalCaptured", Simple.int),
    one("totalRefunded", Simple.int),
    one("totalChargedback", Simple.int),
    one("totalReversed", Simple.int),
    any
  )
)

// modifiedDate came with 1.3.15.
const modification = (name: string, reference: string): ComplexType =>
  holding(
    { name },
    sequence(
      maybe(reference, Simple.string35),
      one("status", Simple.string35),
      one("amount", amount),
      maybe("reason", Simple.string250),
      ...(name === "chargeback" ? [maybe("enquiryReason", Simple.string250)] : []),
      maybe("modifiedDate", Simple.dateTime),
      any
    )
  )

const authorization = holding(
  { name: "authorization" },
  sequence(
    one("status", Simple.authorizationStatus),
    maybe("reason", Simple.string250),
    one("amount", amount),
    one("confidenceLevel", Simple.string35),
    many("capture", modification("capture", "merchantCaptureId")),
    many("refund", modification("refund", "merchantRefundId")),
    many("chargeback", modification("chargeback", "chargebackId")),
    maybe(
      "reversal",
      holding({ name: "reversal" }, sequence(one("amount", amount), one("reason", Simple.string250), any))
    ),
    any
  )
)
const payment = holding(
  { name: "payment" },
  sequence(
    one("id", Simple.paymentId),
    one("paymentMethod", Simple.string50),
    one("authorization", authorization),
    maybe("extended", paymentInfo),
    any
  )
)
const consideredSafe = holding(
  { name: "consideredSafe", meaning: "The provider's own verdict by the merchant's profile." },
  sequence(
    one("value", Simple.boolean),
    one("level", Simple.string35),
    maybe("date", Simple.dateTime),
    maybe("reason", Simple.safetyReason),
    maybe("modifiedUser", Simple.string50),
    any
  )
)
const apiInformation = holding(
  { name: "apiInformation", attributes: [allowed("conversionApplied", Simple.boolean)], anyAttribute: true },
  sequence(one("originalVersion", Simple.string35), any)
)
// Servers before 1.3.14 leave apiInformation out.
const report = holding(
  { name: "statusReport" },
  sequence(
    one("approximateTotals", totals),
    many("payment", payment),
    maybe("consideredSafe", consideredSafe),
    maybe("apiInformation", apiInformation),
    any
  )
)

const mandate = holding(
  { name: "mandateSummary" },
  sequence(
    one("id", Simple.string512),
    one("scheme", Simple.nameToken),
    one("type", Simple.nameToken),
    one("state", Simple.nameToken),
    any
  )
)
const issuer = textWith({ attributes: [required("id", Simple.string50)] }, Simple.text)
const paymentMethod = holding(
  { name: "paymentMethod" },
  sequence(
    one("name", Simple.string50),
    maybe("issuers", holding({ name: "issuers", meaning: "New in 1.3.15." }, sequence(many("issuer", issuer)))),
    many("mandate", mandate),
    maybe(
      "mobile",
      holding({ name: "mobile" }, sequence(one("qrCodeUrl", Simple.string2048), one("intentUrl", Simple.string2048)))
    ),
    any
  )
)

const errorsOf = (name: string): ComplexType => holding({ name }, sequence(some("error", error), any))
const successOf = (name: string, ...parts: ReadonlyArray<Particle>): ComplexType =>
  holding({ name }, sequence(one("success", success), ...parts, any))
const reply = (stem: string, succeeded: ComplexType): ComplexType =>
  holding(
    { attributes: [required("ddpXsdVersion", Simple.string35)] },
    choice(one(`${stem}Errors`, errorsOf(`${stem}Errors`)), one(`${stem}Success`, succeeded))
  )

const statusSuccess = successOf("statusSuccess", one("report", report))
const statusErrors = errorsOf("statusErrors")
const statusReply = (): ComplexType =>
  holding(
    { attributes: [required("ddpXsdVersion", Simple.string35)] },
    choice(one("statusErrors", statusErrors), one("statusSuccess", statusSuccess))
  )

/** Reply types by the name of their root element. */
export const replyTypes = {
  createResponse: reply(
    "create",
    successOf("createSuccess", one("key", Simple.paymentOrderKey), maybe("paymentResponse", paymentResponse))
  ),
  startResponse: reply(
    "start",
    successOf("startSuccess", one("paymentResponse", paymentResponse), maybe("redirect", redirect))
  ),
  proceedResponse: reply("proceed", successOf("proceedSuccess", one("paymentResponse", paymentResponse))),
  cancelResponse: reply("cancel", successOf("cancelSuccess", one("result", Simple.cancelResult))),
  captureResponse: reply("capture", successOf("captureSuccess")),
  refundResponse: reply("refund", successOf("refundSuccess")),
  statusResponse: statusReply(),
  extendedStatusResponse: statusReply(),
  listPaymentMethodsResponse: reply(
    "listPaymentMethods",
    successOf("listPaymentMethodsSuccess", many("paymentMethod", paymentMethod))
  )
} as const
