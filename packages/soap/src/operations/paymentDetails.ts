/**
 * The details of a payment in an extended status: one decoder for each element the schema knows.
 *
 * The element alone decides, never the payment's method. Nothing in here is needed to decide an order's status, so
 * every field may be missing, also those the schema requires.
 */
import type {
  BankTransferDetails,
  BeneficiaryAccount,
  CardDetails,
  OfflineDetails,
  OpenInvoiceDetails,
  PaymentDetails,
  Receipt,
  ShopperAccount,
  SofortDetails
} from "@docdata/domain"
import * as Redacted from "effect/Redacted"
import * as Fields from "../Fields.ts"
import type { XmlElement } from "../xml/XmlElement.ts"

type Decoder = (fields: Fields.Fields, element: XmlElement) => PaymentDetails

/** Those of the given fields that are there. */
type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>

const shown = Fields.optionalText

const hidden = (fields: Fields.Fields, parent: XmlElement, name: string): Redacted.Redacted<string> | undefined => {
  const text = Fields.optionalText(fields, parent, name)
  return text === undefined ? undefined : Redacted.make(text)
}

const shopperAccount = (fields: Fields.Fields, parent: XmlElement): ShopperAccount | undefined => {
  const account = Fields.optional(fields, parent, "shopperBankAccount")
  return account === undefined
    ? undefined
    : present({ iban: hidden(fields, account, "iban"), bic: hidden(fields, account, "bic") })
}

const card = (scheme: CardDetails["scheme"]): Decoder => (fields, element) => ({
  _tag: "Card",
  scheme,
  ...present({
    holder: hidden(fields, element, "cardHolder"),
    country: shown(fields, element, "cardCountry"),
    // The schema would allow 50 characters here; a card number is not going to get through as its last digits.
    panLast4: shown(fields, element, "panLast4")?.slice(-4),
    refusalReason: shown(fields, element, "refusalReason"),
    mandateNumber: hidden(fields, element, "mandateNumber")
  })
})

const ideal: Decoder = (fields, element) => ({
  _tag: "Ideal",
  ...present({
    issuerId: shown(fields, element, "issuerId"),
    holderName: hidden(fields, element, "holderName"),
    shopperAccount: shopperAccount(fields, element)
  })
})

const sofort = (product: SofortDetails["product"]): Decoder => (fields, element) => ({
  _tag: "Sofort",
  product,
  ...present({
    issuerId: shown(fields, element, "issuerId"),
    shopperAccount: shopperAccount(fields, element)
  })
})

const bankTransfer: Decoder = (fields, element): BankTransferDetails => ({
  _tag: "BankTransfer",
  payTo: beneficiary(fields, element),
  ...present({ shopperAccount: shopperAccount(fields, element) })
})

const beneficiary = (fields: Fields.Fields, element: XmlElement): BeneficiaryAccount =>
  present({
    name: shown(fields, element, "beneficiaryName"),
    city: shown(fields, element, "beneficiaryCity"),
    country: shown(fields, element, "beneficiaryCountry"),
    bankName: shown(fields, element, "bankName"),
    bankCity: shown(fields, element, "bankCity"),
    bankCode: shown(fields, element, "bankCode"),
    accountNumber: shown(fields, element, "bankAccountNumber"),
    bic: shown(fields, element, "bic"),
    iban: shown(fields, element, "iban")
  })

const sepaDirectDebit: Decoder = (fields, element) => ({
  _tag: "SepaDirectDebit",
  ...present({
    bic: hidden(fields, element, "bic"),
    iban: hidden(fields, element, "iban"),
    country: Fields.optional(fields, element, "country")?.attributes.get("code"),
    mandateNumber: hidden(fields, element, "mandateNumber")
  })
})

const elv: Decoder = (fields, element) => ({
  _tag: "Elv",
  ...present({
    bankCode: hidden(fields, element, "bankCode"),
    bankAccountNumber: hidden(fields, element, "bankAccountNumber"),
    shopperAccount: shopperAccount(fields, element)
  })
})

const giftCard: Decoder = (fields, element) => ({
  _tag: "GiftCard",
  ...present({ number: hidden(fields, element, "giftCardNumber"), balance: shown(fields, element, "balance") })
})

const openInvoice = (product: OpenInvoiceDetails["product"]): Decoder => (fields, element) => ({
  _tag: "OpenInvoice",
  product,
  ...present({
    invoiceNumber: shown(fields, element, "invoiceNumber"),
    reservationNumber: shown(fields, element, "reservationNumber")
  })
})

const offline: Decoder = (fields, element): OfflineDetails => {
  const register = Fields.optional(fields, element, "register")
  return {
    _tag: "Offline",
    ...present({
      register: register === undefined ? undefined : {
        id: shown(fields, register, "id") ?? "",
        ...present({ location: shown(fields, register, "location") })
      },
      method: shown(fields, element, "method")
    })
  }
}

const pointOfSale: Decoder = (fields, element) => ({
  _tag: "PointOfSale",
  receipts: Fields.many(fields, element, "receipt").map((receipt) => decodeReceipt(fields, receipt))
})

const decodeReceipt = (fields: Fields.Fields, element: XmlElement): Receipt => {
  const printed = Fields.optional(fields, element, "formattedReceipt")
  const named = Fields.optional(fields, element, "receiptValues")
  const lines = printed === undefined ? [] : Fields.many(fields, printed, "line")
  const values = named === undefined ? [] : Fields.many(fields, named, "value")
  return {
    type: element.attributes.get("type") ?? "",
    lines: lines.map((line) => Redacted.make(Fields.textOf(fields, line))),
    values: values.map((value) => ({
      key: value.attributes.get("key") ?? "",
      value: Redacted.make(Fields.textOf(fields, value))
    }))
  }
}

const system: Decoder = (fields, element) => ({
  _tag: "System",
  ...present({ shopperAccount: shopperAccount(fields, element) })
})

const decoders: ReadonlyMap<string, Decoder> = new Map([
  ["amexPaymentInfo", card("amex")],
  ["masterCardPaymentInfo", card("masterCard")],
  ["visaPaymentInfo", card("visa")],
  ["maestroPaymentInfo", card("maestro")],
  ["misterCashPaymentInfo", card("misterCash")],
  ["iDealPaymentInfo", ideal],
  ["sofortUeberweisungPaymentInfo", sofort("sofortUeberweisung")],
  ["eBankingPaymentInfo", sofort("eBanking")],
  ["bankTransferPaymentInfo", bankTransfer],
  ["sepaDirectDebitPaymentInfo", sepaDirectDebit],
  ["elvPaymentInfo", elv],
  ["giftCardPaymentInfo", giftCard],
  ["afterpayOpenInvoicePaymentInfo", openInvoice("afterpayOpenInvoice")],
  ["afterpayDirectDebitPaymentInfo", openInvoice("afterpayDirectDebit")],
  ["klarnaInvoicePaymentInfo", openInvoice("klarnaInvoice")],
  ["klarnaAccountPaymentInfo", openInvoice("klarnaAccount")],
  ["offlinePaymentInfo", offline],
  ["pointOfSalePaymentInfo", pointOfSale],
  ["systemPaymentInfo", system]
])

/**
 * The details in an `extended` element, or `undefined` when there are none of a known kind. The schema allows one
 * kind per payment; if a server sends more, the first one counts.
 */
export const decodeDetails = (fields: Fields.Fields, extended: XmlElement): PaymentDetails | undefined => {
  for (const child of extended.children) {
    const decoder = child.namespace === fields.namespace ? decoders.get(child.name) : undefined
    if (decoder !== undefined) return decoder(fields, child)
  }
  return undefined
}
