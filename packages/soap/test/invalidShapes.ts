// The 29 ways to be wrong that the reference set knows, and what becomes of each here.
import type { InputOf, Merchant, Operation } from "@docdata/application"
import * as Redacted from "effect/Redacted"
import { lines, minimalOrder, orderKey, paymentId } from "./samples.ts"

interface InvalidShape<O extends Operation> {
  readonly operation: O
  readonly merchant?: Merchant
  /** Some are type errors as well; the cast stands for a caller without types. */
  readonly input: InputOf<O>
  readonly path: string
}

type AnyInvalidShape = { [O in Operation]: InvalidShape<O> }[Operation]

const order = (change: object) => ({ operation: "create", input: { ...minimalOrder, ...change } }) as const
const buyer = (change: object) => order({ buyer: { ...minimalOrder.buyer, ...change } })
const address = (change: object) =>
  order({ billTo: { ...minimalOrder.billTo, address: { ...minimalOrder.billTo.address, ...change } } })

/** Refused with the path of the field. */
export const refusedShapes: Readonly<Record<string, AnyInvalidShape>> = {
  "capture-datetime": {
    operation: "capture",
    input: { orderKey, paymentId, notBefore: "2027-03-01T00:00:00" },
    path: "notBefore"
  },
  "create-amount-over-int32": { ...order({ total: { minor: 2_147_483_648, currency: "EUR" } }), path: "total.minor" },
  "create-city-36-chars": { ...address({ city: "c".repeat(36) }), path: "billTo.address.city" },
  "create-decimal-amount": { ...order({ total: { minor: 18.15, currency: "EUR" } }), path: "total.minor" },
  "create-empty-description": { ...order({ description: "" }), path: "description" },
  "create-gender-lowercase": { ...buyer({ gender: "u" }), path: "buyer.gender" },
  "create-invoice-only-shipto": { ...order({ invoice: { shipTo: minimalOrder.billTo } }), path: "invoice.lines" },
  "create-locale-language": { ...buyer({ language: "nl-be" }), path: "buyer.language" },
  "create-lowercase-country": { ...address({ country: "nl" }), path: "billTo.address.country" },
  "create-missing-days": { ...order({ daysToPay: undefined }), path: "daysToPay" },
  "create-missing-gender": { ...buyer({ gender: undefined }), path: "buyer.gender" },
  "create-missing-shopper-id": { ...buyer({ id: undefined }), path: "buyer.id" },
  "create-receipt-text-51": { ...order({ receiptText: "r".repeat(51) }), path: "receiptText" },
  "create-reference-empty": { ...order({ orderReference: "" }), path: "orderReference" },
  "create-uppercase-language": { ...buyer({ language: "NL" }), path: "buyer.language" },
  "ideal-without-input": {
    operation: "start",
    input: { orderKey, payment: { _tag: "WithInput", input: { _tag: "Ideal" } as never } },
    path: "payment.input.issuerId"
  },
  "sepa-iban-with-spaces": {
    operation: "start",
    input: {
      orderKey,
      payment: { _tag: "WithInput", input: { _tag: "DirectDebit", iban: Redacted.make("NL02 BUNQ 0000 0000 01") } }
    },
    path: "payment.input.iban"
  },
  "status-key-lowercase": { operation: "status", input: { orderKey: orderKey.toLowerCase() }, path: "orderKey" }
}

/** Not expressible: an input has no order, no version, no namespace, no root, no plain card, no two of a choice. */
export const inexpressibleShapes = [
  "capture-amount-before-reference",
  "create-last-before-first",
  "create-missing-version",
  "create-salesperson-before-integrationinfo",
  "refund-amount-and-items",
  "refund-namespace-1_2",
  "sepa-iban-before-bic",
  "start-amount-after-payment",
  "start-card-number-spaces",
  "status-extended-with-wrong-root",
  "status-unqualified-child"
] as const

/** Inputs whose fields stand in the wrong order, by shape: the same bytes have to come out. */
export const orderedShapes: Readonly<Record<string, { readonly operation: Operation; readonly input: object }>> = {
  "capture-amount-before-reference": {
    operation: "capture",
    input: { orderKey, paymentId, captureReference: "c", amount: { minor: 1, currency: "EUR" } }
  },
  "create-last-before-first": order({}),
  "create-salesperson-before-integrationinfo": order({
    total: { minor: lines.reduce((sum, line) => sum + line.line.gross, 0), currency: "EUR" },
    invoice: { lines },
    salesPerson: { first: "N", last: "B" }
  }),
  "sepa-iban-before-bic": {
    operation: "start",
    input: {
      orderKey,
      payment: {
        _tag: "WithInput",
        input: { _tag: "DirectDebit", bic: "BUNQNL2A", iban: Redacted.make("NL02BUNQ0000000001") }
      }
    }
  },
  "start-amount-after-payment": {
    operation: "start",
    input: {
      orderKey,
      amount: { minor: 1, currency: "EUR" },
      payment: { _tag: "WithInput", input: { _tag: "PointOfSale" } }
    }
  }
}
