/**
 * The payment methods of the simulator and their habits: what happens by itself after the shopper said yes, and when.
 *
 * Names of Klarna, AfterPay, KBC, Belfius and ING Home'Pay are stated in no source; the ones here follow the names of
 * their elements in the contract. Periods are invented round numbers where no source gives one.
 */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** When and how money of an authorised payment is captured. */
type CaptureHabit =
  /** Captured with the authorisation. */
  | { readonly how: "at-once" }
  /** A capture is filed at once (NEW), batched and done later by itself. */
  | { readonly how: "filed"; readonly startAfterMs: number; readonly doneAfterMs: number }
  /** A capture is under way at once (STARTED) and done later by itself. */
  | { readonly how: "started"; readonly doneAfterMs: number }
  /** A capture is under way at once (STARTED) and waits for money that may never come. */
  | { readonly how: "when-money-arrives" }
  /** Only at the merchant's request, usually on shipping. */
  | { readonly how: "on-request" }

/** Which facts an extended status shows; named after the element without its ending. */
export type ExtendedInfo =
  | "amex"
  | "masterCard"
  | "visa"
  | "maestro"
  | "misterCash"
  | "iDeal"
  | "sofortUeberweisung"
  | "bankTransfer"
  | "sepaDirectDebit"
  | "elv"
  | "giftCard"
  | "afterpayOpenInvoice"
  | "afterpayDirectDebit"
  | "klarnaInvoice"
  | "klarnaAccount"
  | "offline"
  | "pointOfSale"
  | "none"

export interface PaymentMethod {
  readonly name: string
  readonly label: string
  /** The input element `start` takes for it; none means it is only offered in the menu. */
  readonly input?: string
  /** Where the shopper is sent: to the acquirer (3-D Secure, a wallet), to the issuing bank, or nowhere. */
  readonly sends: "for-authentication" | "for-authorization" | "nowhere"
  readonly confidence: "ACQUIRER_APPROVED" | "ACQUIRER_PENDING" | "SHOPPER_PENDING"
  readonly capture: CaptureHabit
  readonly info: ExtendedInfo
  /** One click is enough, so the menu may be skipped with `default_act`. */
  readonly oneClick?: true
  /** Pays as much as is on it, and the shopper pays the rest with another method. */
  readonly paysPart?: true
  /** The acquirer must be asked before a payment is given up, and may say no. */
  readonly cancelAsksAcquirer?: true
  /** Needs an invoice, a date of birth and a phone number in the order. */
  readonly needsInvoice?: true
  /** Only started over the API, never chosen in the menu. */
  readonly notInMenu?: true
  /** Billing countries it is offered in; everywhere if absent. */
  readonly countries?: ReadonlyArray<string>
}

const atOnce: CaptureHabit = { how: "at-once" }
// Cards are captured by a back-office delay: the next night.
const nextNight: CaptureHabit = { how: "filed", startAfterMs: 12 * hour, doneAfterMs: 24 * hour }
// The direct debit leaves with the next batch and is settled within a business week.
const directDebit: CaptureHabit = { how: "filed", startAfterMs: day, doneAfterMs: 5 * day }

const card = (name: string, label: string, info: ExtendedInfo): PaymentMethod => ({
  name,
  label,
  input: `${info}PaymentInput`,
  sends: "for-authentication",
  confidence: "ACQUIRER_APPROVED",
  capture: name === "MAESTRO" || name === "MISTERCASH" ? atOnce : nextNight,
  info
})

const bank = (name: string, label: string, more: Partial<PaymentMethod>): PaymentMethod => ({
  name,
  label,
  sends: "for-authorization",
  confidence: "ACQUIRER_APPROVED",
  capture: atOnce,
  info: "none",
  oneClick: true,
  ...more
})

const payLater = (name: string, label: string, info: ExtendedInfo): PaymentMethod => ({
  name,
  label,
  sends: "nowhere",
  confidence: "ACQUIRER_APPROVED",
  capture: { how: "on-request" },
  info,
  needsInvoice: true
})

export const paymentMethods: ReadonlyArray<PaymentMethod> = [
  bank("IDEAL", "iDEAL", { input: "iDealPaymentInput", info: "iDeal" }),
  card("VISA", "Visa", "visa"),
  card("MASTERCARD", "Mastercard", "masterCard"),
  card("AMEX", "American Express", "amex"),
  card("MAESTRO", "Maestro", "maestro"),
  card("MISTERCASH", "Bancontact", "misterCash"),
  {
    name: "PAYPAL_EXPRESS_CHECKOUT",
    label: "PayPal",
    input: "paypalPaymentInput",
    sends: "for-authentication",
    confidence: "ACQUIRER_APPROVED",
    capture: atOnce,
    info: "none",
    oneClick: true
  },
  {
    name: "BANK_TRANSFER",
    label: "Bank transfer",
    input: "bankTransferPaymentInput",
    sends: "nowhere",
    confidence: "SHOPPER_PENDING",
    capture: { how: "when-money-arrives" },
    info: "bankTransfer"
  },
  {
    name: "SEPA_DIRECT_DEBIT",
    label: "SEPA direct debit",
    input: "directDebitPaymentInput",
    sends: "nowhere",
    confidence: "ACQUIRER_PENDING",
    capture: directDebit,
    info: "sepaDirectDebit",
    cancelAsksAcquirer: true
  },
  {
    name: "ELV",
    label: "ELV",
    input: "elvPaymentInput",
    sends: "nowhere",
    confidence: "ACQUIRER_PENDING",
    capture: directDebit,
    info: "elv",
    cancelAsksAcquirer: true,
    countries: ["DE", "AT"]
  },
  // Paid for the shopper, but the money is under way for a day.
  bank("SOFORT_UEBERWEISUNG", "Sofort", { capture: { how: "started", doneAfterMs: day }, info: "sofortUeberweisung" }),
  bank("EBANKING", "Sofort e-banking", { capture: { how: "started", doneAfterMs: day }, info: "sofortUeberweisung" }),
  bank("GIROPAY", "giropay", { countries: ["DE"] }),
  bank("EPS", "EPS", { countries: ["AT"] }),
  bank("KBC", "KBC payment button", { input: "kbcPaymentInput", countries: ["BE"] }),
  bank("BELFIUS", "Belfius", { input: "belfiusPaymentInput", countries: ["BE"] }),
  bank("ING_HOMEPAY", "ING Home'Pay", { input: "ingHomePayPaymentInput", countries: ["BE"] }),
  {
    name: "PODIUM_GIFTCARD",
    label: "Podium gift card",
    sends: "nowhere",
    confidence: "ACQUIRER_PENDING",
    capture: atOnce,
    info: "giftCard",
    paysPart: true
  },
  payLater("KLARNA_INVOICE", "Klarna invoice", "klarnaInvoice"),
  payLater("KLARNA_ACCOUNT", "Klarna account", "klarnaAccount"),
  payLater("AFTERPAY_OPEN_INVOICE", "AfterPay", "afterpayOpenInvoice"),
  payLater("AFTERPAY_DIRECT_DEBIT", "AfterPay direct debit", "afterpayDirectDebit"),
  {
    name: "POINT_OF_SALE",
    label: "Point of sale",
    input: "pointOfSalePaymentInput",
    sends: "nowhere",
    confidence: "ACQUIRER_APPROVED",
    capture: atOnce,
    info: "pointOfSale",
    notInMenu: true
  },
  {
    name: "OFFLINE",
    label: "Offline",
    input: "offlinePaymentInput",
    sends: "nowhere",
    confidence: "ACQUIRER_APPROVED",
    capture: atOnce,
    info: "offline",
    notInMenu: true
  }
]

const byName: ReadonlyMap<string, PaymentMethod> = new Map(paymentMethods.map((method) => [method.name, method]))

// Older names for the same thing: the menu's PAYPAL, the direct debit of API 1.2.
const aliases: Readonly<Record<string, string>> = {
  PAYPAL: "PAYPAL_EXPRESS_CHECKOUT",
  DIRECT_DEBIT: "SEPA_DIRECT_DEBIT"
}

/** The method of a command name, also by an older name. */
export const methodNamed = (name: string): PaymentMethod | undefined => byName.get(aliases[name] ?? name)

/** A bank that takes part in iDEAL: the BIC goes into requests and the menu, the short code comes back in reports. */
export interface Issuer {
  readonly bic: string
  readonly code: string
  readonly name: string
}

export const issuers: ReadonlyArray<Issuer> = [
  { bic: "ABNANL2A", code: "ABNAMRO", name: "ABN AMRO" },
  { bic: "ASNBNL21", code: "ASN", name: "ASN Bank" },
  { bic: "BUNQNL2A", code: "BUNQ", name: "bunq" },
  { bic: "INGBNL2A", code: "ING", name: "ING" },
  { bic: "KNABNL2H", code: "KNAB", name: "Knab" },
  { bic: "RABONL2U", code: "RABO", name: "Rabobank" },
  { bic: "RBRBNL21", code: "REGIOBANK", name: "RegioBank" },
  { bic: "SNSBNL2A", code: "SNS", name: "SNS" },
  { bic: "TRIONL2U", code: "TRIODOS", name: "Triodos Bank" },
  { bic: "FVLBNL22", code: "VANLANSCHOT", name: "Van Lanschot" }
]

/** An issuer by BIC or short code. */
export const issuerOf = (id: string | undefined): Issuer | undefined =>
  issuers.find(({ bic, code }) => bic === id || code === id)
