/**
 * Facts of each payment method in an extended status. People, accounts and cards are invented and look it: no bank is
 * called SIMU. What only the bank can tell is shown once the shopper was there.
 */
import { element } from "../operations/Outcome.ts"
import type { Payment } from "../order/Payment.ts"
import { phaseOf } from "../order/Payment.ts"
import type { ExtendedInfo } from "../order/PaymentMethod.ts"
import { issuerOf, methodNamed } from "../order/PaymentMethod.ts"
import { iban } from "../order/identifiers.ts"
import { inMajorUnits } from "../order/Money.ts"
import type { XmlElement } from "../xml/XmlElement.ts"

const holder = "Simulated Shopper"
const bic = "SIMUNL2A"
const shopperIban = iban("NL", "SIMU0000000001")
const shopperAccount = (): XmlElement =>
  element("shopperBankAccount", [element("iban", shopperIban), element("bic", bic)])

/** True once the shopper's bank, or the card's, has said something. */
const isKnown = (payment: Payment): boolean => phaseOf(payment) !== "open"

/** The `extended` element of a payment. Methods without an element of their own show risk checks only. */
export const extendedInfo = (payment: Payment): XmlElement => {
  const info = methodInfo(methodNamed(payment.method)?.info ?? "none", payment)
  return element("extended", [riskChecks(payment), info])
}

const riskChecks = (payment: Payment): XmlElement => {
  const failed = payment.status === "RISK_CHECK_FAILED"
  return element("riskChecks", failed ? [element("check", "ip.black.list", { score: 100 })] : [], {
    score: failed ? 100 : 0
  })
}

const card = (name: string, payment: Payment, last4: string): XmlElement | undefined =>
  isKnown(payment)
    ? element(name, [
      element("cardHolder", holder),
      element("cardCountry", "NL"),
      element("panLast4", last4),
      phaseOf(payment) === "failed" ? element("refusalReason", payment.reason ?? "Refused") : undefined
    ])
    : undefined

const methodInfo = (info: ExtendedInfo, payment: Payment): XmlElement | undefined => {
  switch (info) {
    case "amex":
      return card("amexPaymentInfo", payment, "1111")
    case "masterCard":
      return card("masterCardPaymentInfo", payment, "0008")
    case "visa":
      return card("visaPaymentInfo", payment, "1111")
    case "maestro":
      return card("maestroPaymentInfo", payment, "7105")
    case "misterCash":
      return card("misterCashPaymentInfo", payment, "3002")
    case "iDeal":
      return element("iDealPaymentInfo", [
        // Requests carry the BIC, reports the short code.
        element("issuerId", issuerOf(payment.issuer)?.code ?? payment.issuer ?? "SIMU"),
        ...(isKnown(payment) ? [element("holderName", holder), shopperAccount()] : [])
      ])
    case "sofortUeberweisung":
      return element("sofortUeberweisungPaymentInfo", isKnown(payment) ? [shopperAccount()] : [])
    case "bankTransfer":
      return element("bankTransferPaymentInfo", [
        element("beneficiaryName", "Simulated Payments Foundation"),
        element("beneficiaryCity", "Nowhere"),
        element("beneficiaryCountry", "NL"),
        element("bankName", "Simulated Bank"),
        element("bankCity", "Nowhere"),
        element("bic", bic),
        element("iban", iban("NL", "SIMU0000000002"))
      ])
    case "sepaDirectDebit":
      return element("sepaDirectDebitPaymentInfo", [
        payment.account?.bic === undefined ? undefined : element("bic", payment.account.bic),
        element("iban", payment.account?.iban ?? shopperIban),
        element("country", "", { code: (payment.account?.iban ?? shopperIban).slice(0, 2) }),
        element("mandateNumber", `simulated-${payment.id}`)
      ])
    case "elv":
      return element("elvPaymentInfo", [element("bankCode", "00000000"), element("bankAccountNumber", "0000000001")])
    case "giftCard":
      return element("giftCardPaymentInfo", [
        element("giftCardNumber", "0000000000"),
        element("balance", inMajorUnits({ minor: 0, currency: payment.amount.currency }))
      ])
    case "afterpayOpenInvoice":
    case "afterpayDirectDebit":
    case "klarnaInvoice":
    case "klarnaAccount":
      return element(`${info}PaymentInfo`, [
        element("invoiceNumber", `SIM-${payment.id}`),
        element("reservationNumber", payment.id)
      ])
    case "offline":
      return element("offlinePaymentInfo", [element("method", "simulated")])
    case "pointOfSale":
      return element("pointOfSalePaymentInfo", [receipt(payment)])
    case "none":
      return undefined
  }
}

const receipt = (payment: Payment): XmlElement =>
  element("receipt", [
    element("formattedReceipt", [
      element("line", "      SIMULATED RECEIPT"),
      element("line", `TOTAL      ${inMajorUnits(payment.amount)} ${payment.amount.currency}`)
    ]),
    element("receiptValues", [element("value", payment.id, { key: "transaction" })])
  ], { type: "SHOPPER" })
