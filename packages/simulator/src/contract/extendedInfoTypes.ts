/** What the extended status adds to a payment: risk checks and the facts of its method. */
import type { ComplexType } from "./ContentModel.ts"
import {
  any,
  choice,
  holding,
  many,
  maybe,
  maybeGroup,
  one,
  required,
  sequence,
  some,
  textWith
} from "./ContentModel.ts"
import { register } from "./paymentInputs.ts"
import { country } from "./sharedTypes.ts"
import * as Simple from "./simpleTypes.ts"

const riskCheck = holding(
  { name: "riskCheck", attributes: [required("score", Simple.int)] },
  sequence(many("check", textWith({ attributes: [required("score", Simple.int)] }, Simple.text)), any)
)

const card = (name: string, withMandate: boolean): ComplexType =>
  holding(
    { name },
    sequence(
      one("cardHolder", Simple.string100),
      maybe("cardCountry", Simple.string50),
      maybe("panLast4", Simple.string50),
      maybe("refusalReason", Simple.string250),
      ...(withMandate ? [maybe("mandateNumber", Simple.string50)] : []),
      any
    )
  )

const shopperBankAccount = holding(
  { name: "shopperBankAccount" },
  sequence(maybe("iban", Simple.iban), maybe("bic", Simple.bic), any)
)
const openInvoice = holding(
  { name: "openInvoicePaymentInfo" },
  sequence(maybe("invoiceNumber", Simple.string50), maybe("reservationNumber", Simple.string50), any)
)
const sofort = holding(
  { name: "sofortPaymentInfo" },
  sequence(maybe("issuerId", Simple.string50), maybe("shopperBankAccount", shopperBankAccount), any)
)
const receipt = holding(
  { name: "pointOfSalePaymentReceipt", attributes: [required("type", Simple.nameToken)] },
  sequence(
    one("formattedReceipt", holding({}, sequence(some("line", Simple.text)))),
    one(
      "receiptValues",
      holding({}, sequence(some("value", textWith({ attributes: [required("key", Simple.text)] }, Simple.text))))
    ),
    any
  )
)
const bankTransfer = holding(
  { name: "bankTransferPaymentInfo", meaning: "Where the shopper must wire the money." },
  sequence(
    maybe("beneficiaryName", Simple.string50),
    maybe("beneficiaryCity", Simple.string50),
    maybe("beneficiaryCountry", Simple.string50),
    maybe("bankName", Simple.string50),
    maybe("bankCity", Simple.string35),
    maybe("bankCode", Simple.string35),
    maybe("bankAccountNumber", Simple.string50),
    maybe("bic", Simple.bic),
    maybe("iban", Simple.iban),
    maybe("shopperBankAccount", shopperBankAccount)
  )
)
const ideal = holding(
  { name: "iDealPaymentInfo" },
  sequence(
    maybe("issuerId", Simple.string50),
    maybe("holderName", Simple.string35),
    maybe("shopperBankAccount", shopperBankAccount),
    any
  )
)
const giftCard = holding(
  { name: "giftCardPaymentInfo" },
  sequence(one("giftCardNumber", Simple.string50), one("balance", Simple.string50), any)
)
const directDebit = holding(
  { name: "sepaDirectDebitPaymentInfo" },
  sequence(
    maybe("bic", Simple.bic),
    maybe("iban", Simple.iban),
    maybe("country", country),
    maybe("mandateNumber", Simple.string50),
    any
  )
)
const elv = holding(
  { name: "elvPaymentInfo" },
  sequence(
    maybe("bankCode", Simple.string35),
    maybe("bankAccountNumber", Simple.string50),
    maybe("shopperBankAccount", shopperBankAccount),
    any
  )
)
const offline = holding(
  { name: "offlinePaymentInfo" },
  sequence(maybe("register", register), one("method", Simple.string50), any)
)

export const paymentInfo = holding(
  { name: "paymentInfo" },
  sequence(
    maybe("riskChecks", riskCheck),
    maybeGroup(choice(
      one("amexPaymentInfo", card("amexPaymentInfo", true)),
      one("masterCardPaymentInfo", card("masterCardPaymentInfo", true)),
      one("visaPaymentInfo", card("visaPaymentInfo", true)),
      one("bankTransferPaymentInfo", bankTransfer),
      one("maestroPaymentInfo", card("maestroPaymentInfo", false)),
      one("misterCashPaymentInfo", card("misterCashPaymentInfo", false)),
      one("giftCardPaymentInfo", giftCard),
      one("iDealPaymentInfo", ideal),
      one("afterpayOpenInvoicePaymentInfo", openInvoice),
      one("afterpayDirectDebitPaymentInfo", openInvoice),
      one("klarnaInvoicePaymentInfo", openInvoice),
      one("klarnaAccountPaymentInfo", openInvoice),
      one("elvPaymentInfo", elv),
      one("sepaDirectDebitPaymentInfo", directDebit),
      one(
        "pointOfSalePaymentInfo",
        holding({ name: "pointOfSalePaymentInfo" }, sequence(many("receipt", receipt), any))
      ),
      one("offlinePaymentInfo", offline),
      one("sofortUeberweisungPaymentInfo", sofort),
      one("eBankingPaymentInfo", sofort),
      one(
        "systemPaymentInfo",
        holding({ name: "systemPaymentInfo" }, sequence(maybe("shopperBankAccount", shopperBankAccount), any))
      )
    )),
    any
  )
)
