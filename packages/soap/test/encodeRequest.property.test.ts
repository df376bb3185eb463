import * as Redacted from "effect/Redacted"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { encodeRequest } from "../src/encodeRequest.ts"
import { arbitraryRequest } from "./arbitraryRequests.ts"
import { readRequest } from "./readRequest.ts"
import type { Sample } from "./samples.ts"
import { samples } from "./samples.ts"

// Where white space is part of the value; everywhere else the schema turns it into blanks.
const verbatim: ReadonlySet<string> = new Set(["encryptedData", "data", "authenticationResponse", "context", "payerId"])

const methods: Readonly<Record<string, string>> = {
  DirectDebit: "SEPA_DIRECT_DEBIT",
  DirectDebitMandate: "SEPA_DIRECT_DEBIT",
  BankTransfer: "BANK_TRANSFER",
  Elv: "ELV",
  Ideal: "IDEAL",
  PayPal: "PAYPAL_EXPRESS_CHECKOUT",
  Offline: "OFFLINE",
  PointOfSale: "POINT_OF_SALE"
}

const standardMethod = ({ _tag, scheme }: { readonly _tag?: unknown; readonly scheme?: unknown }) =>
  _tag === "EncryptedCard" ? String(scheme).toUpperCase() : methods[String(_tag)]

/** A value as the wire means it: white space and rates in their shortest form, secrets readable to compare. */
const plain = (value: unknown, field = ""): unknown => {
  const bare = Redacted.isRedacted(value) ? Redacted.value(value) : value
  if (typeof bare === "string") {
    if (field === "vatRate") return bare.replace(/^0+(?=\d)/, "").replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")
    return verbatim.has(field) ? bare : bare.replaceAll(/[\t\n\r]/g, " ")
  }
  if (Array.isArray(bare)) return bare.map((each) => plain(each))
  if (typeof bare !== "object" || bare === null) return bare
  return Object.fromEntries(Object.entries(bare).map(([name, inner]) => [name, plain(inner, name)]))
}

/** What is filled in on the way, filled in. */
const filled = ({ operation, merchant, input }: Sample): unknown => {
  const { environment: _, ...credentials } = merchant
  if (operation === "create" && input.invoice !== undefined) {
    const { invoice, billTo } = input
    const lines = invoice.lines.map((line) => ({ unit: "PCS", description: "-", ...line }))
    const full = { ...input, invoice: { ...invoice, lines, shipTo: invoice.shipTo ?? billTo } }
    return { operation, merchant: credentials, input: full }
  }
  if (operation === "start" && input.payment._tag === "WithInput") {
    const { payment } = input
    const method = payment.input.method ?? standardMethod(payment.input)
    return {
      operation,
      merchant: credentials,
      input: { ...input, payment: { ...payment, input: { ...payment.input, method } } }
    }
  }
  if ("paymentId" in input) {
    // Docdata finds a payment by its own number: the key is checked and has no element.
    const { orderKey: _, ...sent } = input
    return { operation, merchant: credentials, input: sent }
  }
  return { operation, merchant: credentials, input }
}

const there = (sample: Sample): string => {
  const { operation, merchant, input } = sample
  const encoded = encodeRequest(operation, { merchant, input })
  if ("problems" in encoded) throw new Error(JSON.stringify(encoded.problems))
  return encoded.xml
}

describe("a request read back", () => {
  it.each(samples)("$name is its input", (sample) => {
    expect(plain(readRequest(there(sample)))).toEqual(plain(filled(sample)))
  })

  it("is its input, for any input", () => {
    fc.assert(
      fc.property(arbitraryRequest, (sample) => {
        expect(plain(readRequest(there(sample)))).toEqual(plain(filled(sample)))
      }),
      { numRuns: 400 }
    )
  })
})
