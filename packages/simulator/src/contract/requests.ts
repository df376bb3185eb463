/** The nine requests: elements in their only order, with how often each may appear. */
import type { ComplexType, Particle } from "./ContentModel.ts"
import { any, choice, holding, maybe, one, sequence } from "./ContentModel.ts"
import { paymentInput, shopperResult } from "./paymentInputs.ts"
import * as Shared from "./sharedTypes.ts"
import { primitive } from "./SimpleType.ts"
import * as Simple from "./simpleTypes.ts"

const request = (...parts: ReadonlyArray<Particle>): ComplexType =>
  holding(
    {
      attributes: [
        { name: "version", type: primitive("decimal"), required: true, fixed: "1.3" },
        { name: "testExtensibility", type: primitive("boolean"), required: false, default: "false" }
      ]
    },
    sequence(one("merchant", Shared.merchant), ...parts)
  )

const integrationInfo = maybe("integrationInfo", Shared.integrationInfo)
const byOrderKey = () => request(one("paymentOrderKey", Simple.paymentOrderKey), integrationInfo)

const createRequest = request(
  one("merchantOrderReference", Simple.string255),
  one("paymentPreferences", Shared.paymentPreferences),
  maybe("menuPreferences", Shared.menuPreferences),
  choice(one("shopper", Shared.shopper), one("company", Shared.company)),
  one("totalGrossAmount", Shared.amount),
  one("billTo", Shared.destination),
  maybe("description", Simple.string255),
  maybe("receiptText", Simple.string50),
  { ...maybe("includeCosts", Simple.boolean), default: "false" },
  maybe("paymentRequest", Shared.recurringRequest),
  maybe("invoice", Shared.invoice),
  integrationInfo,
  maybe("salesPerson", Shared.salesPerson)
)

const startRequest = request(
  one("paymentOrderKey", Simple.paymentOrderKey),
  maybe("paymentAmount", Shared.amount),
  choice(
    one("recurringPaymentRequest", Shared.recurringRequest),
    sequence(
      choice(one("payment", paymentInput), one("token", Shared.token)),
      maybe("returnUrl", Simple.string2048),
      maybe("shopperInfo", Shared.shopperInfo)
    )
  ),
  integrationInfo
)

const proceedRequest = request(one("paymentId", Simple.paymentId), shopperResult, any, integrationInfo)

const captureRequest = request(
  one("paymentId", Simple.paymentId),
  maybe("merchantCaptureReference", Simple.string35),
  maybe("amount", Shared.amount),
  maybe("itemCode", Simple.string50),
  maybe("description", Simple.string250),
  maybe("finalCapture", Simple.boolean),
  maybe("cancelReserved", Simple.boolean),
  maybe("requiredCaptureDate", Simple.date),
  integrationInfo
)

const refundRequest = request(
  one("paymentId", Simple.paymentId),
  maybe("merchantRefundReference", Simple.string35),
  choice(
    sequence(
      maybe("amount", Shared.amount),
      maybe("itemCode", Simple.string50),
      maybe("description", Simple.string250)
    ),
    one("refundItems", Shared.refundItems)
  ),
  maybe("cancelReserved", Simple.boolean),
  maybe("requiredRefundDate", Simple.date),
  maybe("refundBankAccount", Shared.sepaBankAccount),
  integrationInfo
)

/** Request types by the name of their root element. */
export const requestTypes = {
  createRequest,
  startRequest,
  proceedRequest,
  cancelRequest: byOrderKey(),
  captureRequest,
  refundRequest,
  statusRequest: byOrderKey(),
  extendedStatusRequest: byOrderKey(),
  listPaymentMethodsRequest: byOrderKey()
} as const
