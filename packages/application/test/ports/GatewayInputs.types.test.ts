import * as Redacted from "effect/Redacted"
import { describe, expect, it } from "vitest"
import type {
  CardToken,
  CreateOrderInput,
  PaymentChoice,
  PaymentInput,
  RefundInput,
  RefundScope
} from "../../src/index.ts"

// Compile-time promises: each line below has to be a type error, or `npm run types` fails.
const total = { minor: 100, currency: "EUR" }
const encryptedData = Redacted.make("b64")

const cards: ReadonlyArray<PaymentInput> = [
  { _tag: "EncryptedCard", scheme: "visa", encryptedData },
  // @ts-expect-error a plain card number cannot be said
  { _tag: "EncryptedCard", scheme: "visa", cardNumber: "4111111111111111" },
  // @ts-expect-error nor beside encrypted data
  { _tag: "EncryptedCard", scheme: "visa", encryptedData, cardNumber: "4111111111111111" },
  // @ts-expect-error nor a security code
  { _tag: "EncryptedCard", scheme: "visa", encryptedData, securityCode: "123" },
  // @ts-expect-error nor a card without encryption
  { _tag: "Card", cardNumber: "4111111111111111", expiryDate: "03/27" },
  // @ts-expect-error encrypted data is redacted, so that it is not logged
  { _tag: "EncryptedCard", scheme: "visa", encryptedData: "b64" },
  // @ts-expect-error iDEAL has an issuer
  { _tag: "Ideal" },
  // @ts-expect-error an IBAN is redacted
  { _tag: "DirectDebit", iban: "NL44RABO0123456789" }
]

const tokens: ReadonlyArray<CardToken> = [
  { key: Redacted.make("k") },
  { key: Redacted.make("k"), encrypted: { scheme: "visa", data: encryptedData } },
  // @ts-expect-error a token's plain security code cannot be said
  { key: Redacted.make("k"), encrypted: { scheme: "visa", securityCode: "123" } },
  // @ts-expect-error nor beside the key
  { key: Redacted.make("k"), securityCode: "123" }
]

const choices: ReadonlyArray<PaymentChoice> = [
  // @ts-expect-error a repeated payment has no shopper to return
  { _tag: "Recurring", recurringReference: "s-1", returnUrl: "https://shop.example/back" },
  // @ts-expect-error input and token exclude each other
  { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "X" }, token: { key: Redacted.make("k") } }
]

const scopes: ReadonlyArray<RefundScope> = [
  // @ts-expect-error an amount and items exclude each other
  { _tag: "Items", items: [], amount: total }
]

// @ts-expect-error a buyer says a gender out of three
const gender: Extract<CreateOrderInput["buyer"], { _tag: "Shopper" }>["gender"] = "u"
// @ts-expect-error days to pay are required
const noDays: Pick<CreateOrderInput, "profile" | "daysToPay"> = { profile: "standard" }
// @ts-expect-error an invoice has lines
const noLines: NonNullable<CreateOrderInput["invoice"]> = {}
// @ts-expect-error a refund names a payment
const noPayment: RefundInput = { scope: { _tag: "Amount" } }

describe("what the input types cannot say", () => {
  it("was checked by the compiler", () => {
    expect([cards, tokens, choices, scopes, [gender, noDays, noLines, noPayment]]).toHaveLength(5)
  })
})
