/**
 * What an extended status knows about a payment: risk checks, and details, with one shape for each element the schema
 * has.
 *
 * The element alone decides, never the payment's method. Nothing in here is needed to decide an order's status, so
 * every field of the details may be missing, also those the schema requires.
 */
import type {
  CardDetails,
  OfflineDetails,
  OpenInvoiceDetails,
  PaymentDetails,
  Receipt,
  RiskChecks,
  SofortDetails
} from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import { firstOf, leaf, many, optional, type Parent, parent, record } from "../shape/Shape.ts"
import { integerAttributeOf, secret, text } from "../shape/values.ts"

const shown = optional(text)
const hidden = optional(secret)

const shopperAccount = optional(record({ iban: hidden, bic: hidden }), "shopperBankAccount")

type Details = Parent<PaymentDetails>

const card = (scheme: CardDetails["scheme"]): Details =>
  parent({
    holder: optional(secret, "cardHolder"),
    country: optional(text, "cardCountry"),
    // The schema would allow 50 characters here; a card number is not going to get through as its last digits.
    panLast4: optional(leaf((digits) => digits.slice(-4))),
    refusalReason: shown,
    mandateNumber: hidden
  }, (children) => ({ _tag: "Card", scheme, ...children }))

const ideal: Details = parent(
  { issuerId: shown, holderName: hidden, shopperAccount },
  (children) => ({ _tag: "Ideal", ...children })
)

const sofort = (product: SofortDetails["product"]): Details =>
  parent({ issuerId: shown, shopperAccount }, (children) => ({ _tag: "Sofort", product, ...children }))

const bankTransfer: Details = parent({
  name: optional(text, "beneficiaryName"),
  city: optional(text, "beneficiaryCity"),
  country: optional(text, "beneficiaryCountry"),
  bankName: shown,
  bankCity: shown,
  bankCode: shown,
  accountNumber: optional(text, "bankAccountNumber"),
  bic: shown,
  iban: shown,
  shopperAccount
}, ({ shopperAccount: account, ...payTo }) => ({
  _tag: "BankTransfer",
  payTo,
  ...(account === undefined ? {} : { shopperAccount: account })
}))

const sepaDirectDebit: Details = parent({
  bic: hidden,
  iban: hidden,
  country: optional(leaf((_, { attributes }) => attributes.get("code"))),
  mandateNumber: hidden
}, ({ country, ...rest }) => ({ _tag: "SepaDirectDebit", ...rest, ...(country === undefined ? {} : { country }) }))

const elv: Details = parent(
  { bankCode: hidden, bankAccountNumber: hidden, shopperAccount },
  (children) => ({ _tag: "Elv", ...children })
)

const giftCard: Details = parent(
  { number: optional(secret, "giftCardNumber"), balance: shown },
  (children) => ({ _tag: "GiftCard", ...children })
)

const openInvoice = (product: OpenInvoiceDetails["product"]): Details =>
  parent(
    { invoiceNumber: shown, reservationNumber: shown },
    (children) => ({ _tag: "OpenInvoice", product, ...children })
  )

const register = parent({ id: shown, location: shown }, ({ id = "", ...rest }) => ({ id, ...rest }))

const offline: Details = parent(
  { register: optional(register), method: shown },
  (children): OfflineDetails => ({ _tag: "Offline", ...children })
)

const receipt = parent({
  formattedReceipt: optional(parent({ line: many(secret) }, ({ line }) => line)),
  receiptValues: optional(parent({
    value: many(leaf((value, { attributes }) => ({ key: attributes.get("key") ?? "", value: Redacted.make(value) })))
  }, ({ value }) => value))
}, ({ formattedReceipt: lines = [], receiptValues: values = [] }, { attributes }): Receipt => ({
  type: attributes.get("type") ?? "",
  lines,
  values
}))

const pointOfSale: Details = parent(
  { receipts: many(receipt, "receipt") },
  (children) => ({ _tag: "PointOfSale", ...children })
)

const system: Details = parent({ shopperAccount }, (children) => ({ _tag: "System", ...children }))

const details = firstOf({
  amexPaymentInfo: card("amex"),
  masterCardPaymentInfo: card("masterCard"),
  visaPaymentInfo: card("visa"),
  maestroPaymentInfo: card("maestro"),
  misterCashPaymentInfo: card("misterCash"),
  iDealPaymentInfo: ideal,
  sofortUeberweisungPaymentInfo: sofort("sofortUeberweisung"),
  eBankingPaymentInfo: sofort("eBanking"),
  bankTransferPaymentInfo: bankTransfer,
  sepaDirectDebitPaymentInfo: sepaDirectDebit,
  elvPaymentInfo: elv,
  giftCardPaymentInfo: giftCard,
  afterpayOpenInvoicePaymentInfo: openInvoice("afterpayOpenInvoice"),
  afterpayDirectDebitPaymentInfo: openInvoice("afterpayDirectDebit"),
  klarnaInvoicePaymentInfo: openInvoice("klarnaInvoice"),
  klarnaAccountPaymentInfo: openInvoice("klarnaAccount"),
  offlinePaymentInfo: offline,
  pointOfSalePaymentInfo: pointOfSale,
  systemPaymentInfo: system
})

const check = leaf((name, site) => ({ name, score: integerAttributeOf(site, "score") }))

const riskChecks = parent({ checks: many(check, "check") }, ({ checks }, site): RiskChecks => ({
  score: integerAttributeOf(site, "score"),
  checks
}))

/** The schema allows details of one kind for each payment; details of a kind that is new to us are left out. */
export const extended = record({ riskChecks: optional(riskChecks), details })
