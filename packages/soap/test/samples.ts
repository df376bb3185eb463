// Inputs of our own that express the request shapes a merchant may need, with invented people, banks and keys.
// Their names are those of the shapes; the repository's shared checks compare structures where the originals are at hand.
import type {
  CreateOrderInput,
  Destination,
  InputOf,
  Merchant,
  Operation,
  PaymentInput,
  ShopperResult,
  StartPaymentInput
} from "@docdata/application"
import { type InvoiceLine, invoiceLine, shippingLine } from "@docdata/domain"
import * as Redacted from "effect/Redacted"

export type Sample = {
  [O in Operation]: {
    readonly name: string
    readonly operation: O
    readonly merchant: Merchant
    readonly input: InputOf<O>
    readonly testExtensibility?: boolean
  }
}[Operation]

export const merchant: Merchant = {
  environment: "test",
  merchantName: "lantern_shop",
  password: Redacted.make("p&ss<w>rd\"1'")
}

export const orderKey = "9F8E7D6C5B4A39281706F5E4D3C2B1A0"
export const paymentId = "5120034817"
const eur = (minor: number) => ({ minor, currency: "EUR" })

const home: Destination = {
  name: { first: "Mila", last: "Okafor" },
  address: { street: "Lindelaan", city: "Zwolle", country: "NL" }
}

export const minimalOrder: CreateOrderInput = {
  orderReference: "lantern-2031",
  profile: "standard",
  daysToPay: 10,
  buyer: {
    _tag: "Shopper",
    id: "c-1204",
    name: { first: "Mila", last: "Okafor" },
    email: "mila@lantern.example",
    language: "nl",
    gender: "undefined"
  },
  total: eur(1815),
  billTo: home
}

const made = (line: InvoiceLine | undefined): InvoiceLine => {
  if (line === undefined) throw new Error("a sample line is wrong")
  return line
}

export const lines: ReadonlyArray<InvoiceLine> = [
  made(invoiceLine(
    {
      name: "Lantern",
      code: "LAN-7",
      description: "Paper lantern <40 cm>",
      imageUrl: "https://lantern.example/7.png",
      unit: "PCS"
    },
    { basis: "net", minor: 1500 },
    { vatRate: "21", quantity: 3, rounding: "half-up" }
  )),
  made(invoiceLine(
    { name: "Almanac & atlas", code: "ALM-1" },
    { basis: "gross", minor: 995 },
    { vatRate: "9.0", quantity: 1, rounding: "half-up" }
  )),
  made(shippingLine({ basis: "gross", minor: 495 }, { vatRate: "21", rounding: "half-up", name: "Parcel post" })),
  made(invoiceLine(
    { name: "Welcome discount", code: "DISC" },
    { basis: "gross", minor: -500 },
    { vatRate: "21", quantity: 1, rounding: "half-even" }
  ))
]

const fullOrder: CreateOrderInput = {
  ...minimalOrder,
  orderReference: "lantern-2032",
  reminders: { first: { days: 3, profile: "late" }, second: { days: 6 } },
  terminalId: "desk-2",
  menuStyleId: 1,
  buyer: {
    _tag: "Shopper",
    id: "c-1205",
    shopperKey: "7b0c1a52-9d3e-4f60-8a17-2c4e6f809a1b",
    name: { prefix: "Dr.", initials: "T.", first: "Teun", middle: "in 't", last: "Veld", suffix: "sr." },
    email: "teun@lantern.example",
    language: "nl",
    gender: "male",
    dateOfBirth: "1976-02-29",
    phoneNumber: "+31380000001",
    mobilePhoneNumber: "+31600000002",
    ipAddress: "2001:db8::7"
  },
  total: eur(lines.reduce((sum, line) => sum + line.line.gross, 0)),
  billTo: {
    name: { first: "Teun", middle: "in 't", last: "Veld" },
    address: {
      company: "Veld & Zonen",
      tradeRegisterNumber: "90000001",
      vatNumber: "NL000000000B00",
      careOf: "Desk",
      street: "Kade",
      houseNumber: "4",
      houseNumberAddition: "hs",
      postalCode: "8011AA",
      city: "Zwolle",
      state: "OV",
      country: "NL"
    }
  },
  description: "Lanterns\tand\nmore",
  receiptText: "Lantern shop 2032",
  includeMethodCosts: false,
  recurringReference: "club-88",
  invoice: {
    lines,
    shipTo: {
      name: { first: "Teun", last: "Veld" },
      address: { street: "Kade", houseNumber: "4", postalCode: "8011AA", city: "Zwolle", country: "NL" }
    },
    additionalDescription: "Leave at the desk"
  },
  salesPerson: { first: "Noor", last: "Baan" }
}

const companyOrder: CreateOrderInput = {
  ...minimalOrder,
  orderReference: "b2b-17",
  buyer: {
    _tag: "Company",
    id: "veld",
    name: "Veld & Zonen",
    email: "books@veld.example",
    language: "en",
    phoneNumber: "+3220000003"
  },
  total: eur(250_000),
  billTo: {
    name: { first: "The", last: "Books" },
    address: {
      company: "Veld & Zonen",
      street: "Laan",
      houseNumber: "9",
      postalCode: "9000",
      city: "Gent",
      country: "BE"
    }
  }
}

const platform: Merchant = {
  ...merchant,
  merchantName: "market_hall",
  subjectMerchant: {
    name: "stall_7",
    token: Redacted.make("tok.7-a:b_c"),
    fee: { moment: "fully-paid", amount: eur(310), description: "stall fee" }
  }
}

const start = (name: string, payment: StartPaymentInput["payment"], amount?: StartPaymentInput["amount"]): Sample => ({
  name,
  operation: "start",
  merchant,
  input: amount === undefined ? { orderKey, payment } : { orderKey, amount, payment }
})
const pay = (input: PaymentInput, returnUrl?: string): StartPaymentInput["payment"] =>
  returnUrl === undefined ? { _tag: "WithInput", input } : { _tag: "WithInput", input, returnUrl }
const back = "https://lantern.example/back?a=1&b=2"
const proceed = (name: string, result: ShopperResult): Sample => ({
  name,
  operation: "proceed",
  merchant,
  input: { orderKey, paymentId, result }
})
const browser = { ip: "192.0.2.44", accept: "text/html;q=0.9", userAgent: "Lantern/1.0" }

/** The shapes of the reference set, in its order. */
export const referenceSamples: ReadonlyArray<Sample> = [
  { name: "cancel", operation: "cancel", merchant, input: { orderKey } },
  {
    name: "capture-all-fields",
    operation: "capture",
    merchant,
    input: {
      orderKey,
      paymentId,
      captureReference: "c-1",
      amount: eur(900),
      itemCode: "LAN-7",
      description: "First box",
      finalCapture: false,
      replaceFiled: true,
      notBefore: "2027-03-01"
    }
  },
  { name: "capture-full", operation: "capture", merchant, input: { orderKey, paymentId } },
  { name: "create-company-subject-merchant", operation: "create", merchant: platform, input: companyOrder },
  { name: "create-full-shopper-invoice", operation: "create", merchant, input: fullOrder, testExtensibility: false },
  { name: "create-minimal", operation: "create", merchant, input: minimalOrder },
  { name: "extendedStatus", operation: "statusExtended", merchant, input: { orderKey } },
  { name: "listPaymentMethods", operation: "listPaymentMethods", merchant, input: { orderKey } },
  proceed("proceed-3ds", {
    _tag: "ThreeDomainSecure",
    merchantData: Redacted.make("md 1"),
    authenticationResponse: Redacted.make("eJx=\r\nabc+/=")
  }),
  proceed("proceed-belfius", { _tag: "Belfius", outcome: "success" }),
  proceed("proceed-ideal", { _tag: "Ideal" }),
  proceed("proceed-ing-homepay", {
    _tag: "IngHomePay",
    vendorId: "7700",
    amount: eur(1815),
    message: "000000000917",
    returnCode: 0,
    hash: "0123456789abcdef0123456789ABCDEF01234567"
  }),
  proceed("proceed-kbc", { _tag: "Kbc", context: Redacted.make("ctx & 9") }),
  proceed("proceed-paypal", {
    _tag: "PayPal",
    token: Redacted.make("EC-0001"),
    payerId: "P77",
    shopperCancelled: false
  }),
  { name: "refund-full", operation: "refund", merchant, input: { orderKey, paymentId, scope: { _tag: "Amount" } } },
  {
    name: "refund-items",
    operation: "refund",
    merchant,
    input: {
      orderKey,
      paymentId,
      refundReference: "r-2",
      scope: {
        _tag: "Items",
        items: [{ itemCode: "LAN-7", quantity: 1 }],
        additional: { amount: eur(100), vatRate: "8.5", description: "Sorry" }
      }
    }
  },
  {
    name: "refund-simple",
    operation: "refund",
    merchant,
    input: {
      orderKey,
      paymentId,
      refundReference: "r-1",
      scope: { _tag: "Amount", amount: eur(400), itemCode: "LAN-7", description: "Broken" },
      replaceFiled: false,
      notBefore: "2027-03-09",
      account: {
        holderName: "M Okafor",
        holderCity: "Zwolle",
        holderCountry: "NL",
        bic: "BUNQNL2A",
        iban: Redacted.make("NL02BUNQ0000000001")
      }
    }
  },
  start("start-bank-transfer", pay({ _tag: "BankTransfer", email: "mila@lantern.example" })),
  start("start-belfius", pay({ _tag: "Belfius", method: "BELFIUS" }, back)),
  start(
    "start-card-visa-encrypted",
    pay({ _tag: "EncryptedCard", scheme: "visa", encryptedData: Redacted.make("QUJD") })
  ),
  start("start-elv", pay({ _tag: "Elv", account: { iban: Redacted.make("DE02000000000000000001") } })),
  start("start-ideal", pay({ _tag: "Ideal", issuerId: "BUNQNL2A" }, back)),
  start("start-ing-homepay", pay({ _tag: "IngHomePay", method: "ING_HOMEPAY" }, back)),
  start("start-kbc", pay({ _tag: "Kbc", method: "KBC" }, back)),
  start("start-offline", pay({ _tag: "Offline", paidBy: "CASH", register: { id: "desk-2", location: "Zwolle" } })),
  start("start-paypal", pay({ _tag: "PayPal", mobileShopper: false }, back)),
  start("start-point-of-sale", pay({ _tag: "PointOfSale" })),
  start("start-recurring", { _tag: "Recurring", recurringReference: "club-88" }, eur(700)),
  start(
    "start-sepa-direct-debit",
    pay({
      _tag: "DirectDebit",
      holderName: "M Okafor",
      bic: "BUNQNL2A",
      iban: Redacted.make("NL02BUNQ0000000001")
    })
  ),
  start("start-sepa-mandate", pay({ _tag: "DirectDebitMandate", mandateNumber: "m-0007" })),
  { name: "status", operation: "status", merchant, input: { orderKey } }
]

/** Shapes of the reference set that hold plain card data: they cannot be said, on purpose. */
export const plainCardShapes = [
  "start-card-amex",
  "start-card-maestro",
  "start-card-mastercard",
  "start-card-mistercash",
  "start-token"
] as const

/** What the reference set does not have. */
const furtherSamples: ReadonlyArray<Sample> = [
  start(
    "start-card-amex-encrypted",
    pay({ _tag: "EncryptedCard", scheme: "amex", encryptedData: Redacted.make("QQ") })
  ),
  start(
    "start-card-maestro-encrypted",
    pay({ _tag: "EncryptedCard", scheme: "maestro", encryptedData: Redacted.make("QQ") })
  ),
  start("start-card-mastercard-encrypted", {
    _tag: "WithInput",
    input: { _tag: "EncryptedCard", scheme: "mastercard", method: "MASTERCARD", encryptedData: Redacted.make("QQ") },
    returnUrl: back,
    browser
  }, eur(100)),
  start(
    "start-card-mistercash-encrypted",
    pay({ _tag: "EncryptedCard", scheme: "mistercash", encryptedData: Redacted.make("Q") })
  ),
  start("start-token-alone", { _tag: "WithToken", token: { key: Redacted.make("t-1") }, returnUrl: back, browser }),
  start("start-token-encrypted", {
    _tag: "WithToken",
    token: { key: Redacted.make("t-2"), encrypted: { scheme: "mastercard", data: Redacted.make("QUJD") } }
  }),
  start(
    "start-elv-account",
    pay({
      _tag: "Elv",
      account: { accountNumber: Redacted.make("1000001"), bankCode: "37040044" }
    })
  ),
  {
    name: "refund-additional-only",
    operation: "refund",
    merchant,
    input: { orderKey, paymentId, scope: { _tag: "Items", items: [], additional: { amount: eur(1), vatRate: "0" } } }
  },
  {
    name: "create-subject-immediate-fee-yen",
    operation: "create",
    merchant: {
      ...merchant,
      subjectMerchant: {
        name: "stall",
        token: Redacted.make("t"),
        fee: { moment: "immediate", amount: { minor: 12, currency: "JPY" } }
      }
    },
    input: {
      ...minimalOrder,
      total: { minor: 2_147_483_647, currency: "JPY" },
      includeMethodCosts: true,
      invoice: {
        lines: [made(invoiceLine({ name: "n", code: "c", unit: "KB" }, { basis: "gross", minor: 2_147_483_647 }, {
          vatRate: "10",
          quantity: 1,
          rounding: "down"
        }))]
      }
    }
  },
  {
    name: "status-subject-merchant",
    operation: "status",
    merchant: { ...merchant, subjectMerchant: { name: "stall", token: Redacted.make("t") } },
    input: { orderKey },
    testExtensibility: true
  }
]

export const samples: ReadonlyArray<Sample> = [...referenceSamples, ...furtherSamples]
