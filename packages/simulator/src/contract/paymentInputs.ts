/** What `start` needs per payment method and what `proceed` brings back from the shopper's bank. */
import { any, bare, choice, holding, maybe, one, required, sequence } from "./ContentModel.ts"
import { amount, fortyHexadecimals, minusOneOrZero, twelveDigits } from "./sharedTypes.ts"
import { narrowed } from "./SimpleType.ts"
import * as Simple from "./simpleTypes.ts"

const expiryDate = bare({
  name: "expiryDate",
  attributes: [
    required("month", narrowed("NMTOKEN", { pattern: "0[1-9]|1[012]" })),
    required("year", narrowed("NMTOKEN", { pattern: "[0-9][0-9]" }))
  ]
})
const card = holding(
  { name: "cardPaymentInput" },
  choice(
    sequence(
      one("cardHolderName", Simple.string35),
      one("cardNumber", Simple.primaryAccountNumber),
      one("expiryDate", expiryDate),
      maybe("securityCode", Simple.securityCode)
    ),
    one("encryptedData", Simple.text)
  )
)
const directDebit = holding(
  { name: "directDebitPaymentInput" },
  choice(
    sequence(maybe("holderName", Simple.string35), maybe("bic", Simple.bic), one("iban", Simple.iban)),
    one("mandateNumber", Simple.string35)
  )
)
const bankTransfer = holding({ name: "bankTransferPaymentInput" }, sequence(one("emailAddress", Simple.emailAddress)))
const elv = holding(
  { name: "elvPaymentInput" },
  sequence(maybe("accountNumber", Simple.string35), maybe("bankCode", Simple.string35), maybe("iban", Simple.string35))
)
export const register = holding(
  { name: "register" },
  sequence(one("id", Simple.string50), maybe("location", Simple.string50), any)
)
const offline = holding(
  { name: "offlinePaymentInput" },
  sequence(maybe("register", register), one("method", Simple.string50))
)
const ideal = holding({ name: "iDealPaymentInput" }, sequence(one("issuerId", Simple.issuerId)))
const paypal = holding({ name: "paypalPaymentInput" }, sequence(one("mobileUser", Simple.boolean)))

export const paymentInput = holding(
  { name: "paymentRequestInput", meaning: "A method and exactly one input that belongs to it." },
  sequence(
    one("paymentMethod", Simple.string50),
    choice(
      one("amexPaymentInput", card),
      one("masterCardPaymentInput", card),
      one("misterCashPaymentInput", card),
      one("maestroPaymentInput", card),
      one("visaPaymentInput", card),
      one("directDebitPaymentInput", directDebit),
      one("bankTransferPaymentInput", bankTransfer),
      one("pointOfSalePaymentInput", bare({ name: "pointOfSalePaymentInput" })),
      one("kbcPaymentInput", bare({ name: "kbcPaymentInput" })),
      one("belfiusPaymentInput", bare({ name: "belfiusPaymentInput" })),
      one("offlinePaymentInput", offline),
      one("elvPaymentInput", elv),
      one("iDealPaymentInput", ideal),
      one("ingHomePayPaymentInput", bare({ name: "ingHomePayPaymentInput" })),
      one("paypalPaymentInput", paypal)
    ),
    any
  )
)

const threeDomainSecure = holding(
  { name: "threeDomainSecureAuthenticationResult" },
  sequence(one("MD", Simple.string2048), one("PARes", Simple.text), any)
)
const ingHomePay = holding(
  { name: "ingHomePayAuthorizationResult" },
  sequence(
    one("vendorId", Simple.string255),
    one("amount", amount),
    one("message", twelveDigits),
    one("returnCode", minusOneOrZero),
    maybe("hash", fortyHexadecimals),
    any
  )
)
const kbc = holding({ name: "kbcAuthorizationResult" }, sequence(one("olpCtx", Simple.text), any))
const belfius = holding({ name: "belfiusAuthorizationResult" }, sequence(one("status", Simple.text), any))
const paypalResult = holding(
  { name: "paypalAuthenticationResult" },
  sequence(one("Token", Simple.string35), maybe("PayerId", Simple.text), one("ShopperCanceled", Simple.text), any)
)

/** One of the results a shopper brings back. */
export const shopperResult = choice(
  one("threeDomainSecureAuthenticationResult", threeDomainSecure),
  one("iDealAuthorizationResult", bare({ name: "iDealAuthorizationResult" })),
  one("ingHomePayAuthorizationResult", ingHomePay),
  one("kbcAuthorizationResult", kbc),
  one("belfiusAuthorizationResult", belfius),
  one("paypalAuthenticationResult", paypalResult)
)
