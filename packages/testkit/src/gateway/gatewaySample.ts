/**
 * What the cases of the gateway suite are made of. Everything secret or personal in it holds one of the canaries, so
 * that whatever is written anywhere can be searched for them.
 */
import {
  type Answer,
  type CreateOrderInput,
  type GatewayFailure,
  type InputOf,
  type Merchant,
  type Operation,
  type OutputOf,
  PaymentGateway,
  type PaymentInput
} from "@docdata/application"
import { type InvoiceLine, invoiceLine, type Money, shippingLine } from "@docdata/domain"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

/** Parts of secrets and of personal data, in capitals that occur nowhere else. */
export const canaries = ["CANARY", "CANR0123456789"] as const

/** The secrets and names among them, for logs in which a merchant's own words may stand. */
export const gatewaySecrets: ReadonlyArray<string> = [
  "CANARY-pass",
  "CANARY-wrong",
  "CANARY-token",
  "CANARY-pp",
  "CANR0123456789",
  "CANARYfirst",
  "CANARYlast",
  "CANARYholder",
  "CANARY & sons",
  "CANARY &amp; sons"
]

const password = "CANARY-pass <&> 5f1c"
const iban = "NL99CANR0123456789"

/** The accounts that the provider has to know. Both have the profile `standard` and no other. */
export const gatewayAccounts = [{ name: "conformance_shop", password }, { name: "other_shop", password }] as const

const merchantNamed = (merchantName: string): Merchant => ({
  environment: "test",
  merchantName,
  password: Redacted.make(password)
})

export const merchant = merchantNamed(gatewayAccounts[0].name)
export const otherMerchant = merchantNamed(gatewayAccounts[1].name)
export const stranger: Merchant = { ...merchant, password: Redacted.make("CANARY-wrong") }

/** A platform that acts for a stall. */
export const platform: Merchant = {
  ...merchant,
  subjectMerchant: { name: "stall_7", token: Redacted.make("CANARY-token") }
}

export const eur = (minor: number): Money => ({ minor, currency: "EUR" })

const made = (line: InvoiceLine | undefined): InvoiceLine => {
  if (line === undefined) throw new Error("a line of the sample is wrong")
  return line
}

/** Two rates of VAT and costs of delivery: three books of 9.95, a lamp of 25.00, 4.95 for the post. */
export const lines: ReadonlyArray<InvoiceLine> = [
  made(
    invoiceLine({ name: "Book", code: "BOOK" }, { basis: "gross", minor: 995 }, {
      vatRate: "9",
      quantity: 3,
      rounding: "half-up"
    })
  ),
  made(
    invoiceLine({ name: "Lamp", code: "LAMP" }, { basis: "gross", minor: 2500 }, {
      vatRate: "21",
      quantity: 1,
      rounding: "half-up"
    })
  ),
  made(shippingLine({ basis: "gross", minor: 495 }, { vatRate: "21", rounding: "half-up", name: "Post" }))
]

/** What the order costs: the sum of the lines. */
export const totalMinor = 5980

/** A shopper of whom everything is known that a method might want to know. */
export const newOrder = (orderReference: string, over: Partial<CreateOrderInput> = {}): CreateOrderInput => ({
  orderReference,
  profile: "standard",
  daysToPay: 14,
  buyer: {
    _tag: "Shopper",
    id: "CANARY-17",
    name: { first: "CANARYfirst", last: "CANARYlast" },
    email: "CANARY@shop.example",
    language: "nl",
    gender: "undefined",
    dateOfBirth: "1980-02-29",
    phoneNumber: "+31 CANARY 0000001"
  },
  total: eur(totalMinor),
  billTo: {
    name: { first: "CANARYfirst", last: "CANARYlast" },
    address: { street: "CANARY street", houseNumber: "1", postalCode: "1234AB", city: "CANARY city", country: "NL" }
  },
  description: "CANARY words of the shop",
  invoice: { lines },
  ...over
})

export const ideal: PaymentInput = { _tag: "Ideal", issuerId: "INGBNL2A" }
export const directDebit: PaymentInput = {
  _tag: "DirectDebit",
  holderName: "CANARYholder",
  iban: Redacted.make(iban)
}
export const account = {
  holderName: "CANARYholder",
  holderCity: "CANARY city",
  holderCountry: "NL",
  iban: Redacted.make(iban)
}

/** The key of a new order. Orders of one case need references of their own. */
export const ordered = (orderReference = "web-1", over: Partial<CreateOrderInput> = {}) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    return (yield* gateway.create(merchant, newOrder(orderReference, over))).value.orderKey
  })

/** The report of an order. */
export const reported = (orderKey: string) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    return (yield* gateway.status(merchant, { orderKey })).value
  })

/** Keys and ids that no provider gave out. */
export const unknownKey = "0".repeat(32)
export const unknownPayment = "9999999999"

type AnyCall = (
  merchant: Merchant,
  input: InputOf<Operation>
) => Effect.Effect<Answer<OutputOf<Operation>>, GatewayFailure>

/** Any operation with an input of its own: the nine have no type in common. */
export const called = (operation: Operation, inNameOf: Merchant, input: InputOf<Operation>) =>
  Effect.flatMap(PaymentGateway, (gateway) => (gateway[operation] as AnyCall)(inNameOf, input))

/** An input for each operation, about one order and one payment. */
export const inputs = (orderKey: string, paymentId: string): { readonly [O in Operation]: InputOf<O> } => ({
  create: newOrder("web-new"),
  start: { orderKey, payment: { _tag: "WithInput", input: directDebit } },
  proceed: {
    orderKey,
    paymentId,
    result: { _tag: "PayPal", token: Redacted.make("CANARY-pp"), shopperCancelled: false }
  },
  cancel: { orderKey },
  capture: { orderKey, paymentId, amount: eur(100), description: "CANARY words" },
  refund: {
    orderKey,
    paymentId,
    scope: { _tag: "Amount", amount: eur(100), description: "CANARY words" },
    account
  },
  status: { orderKey },
  statusExtended: { orderKey },
  listPaymentMethods: { orderKey }
})
