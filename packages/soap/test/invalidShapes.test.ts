import type { InputOf, PersonName, Problem } from "@docdata/application"
import * as Redacted from "effect/Redacted"
import { describe, expect, it } from "vitest"
import { type EncodeOptions, encodeRequest } from "../src/encodeRequest.ts"
import { inexpressibleShapes, orderedShapes, refusedShapes } from "./invalidShapes.ts"
import { merchant, orderKey, paymentId } from "./samples.ts"

describe("the 29 invalid shapes", () => {
  it("are all accounted for", () => {
    const names = [...Object.keys(refusedShapes), ...inexpressibleShapes]
    expect(new Set(names).size).toBe(29)
    expect([Object.keys(refusedShapes).length, inexpressibleShapes.length]).toEqual([18, 11])
  })

  it.each(Object.entries(refusedShapes))("%s is refused at its field", (_, { operation, input, path }) => {
    const encoded = encodeRequest(operation, { merchant, input }) as { readonly problems: ReadonlyArray<Problem> }
    expect(encoded.problems?.map((problem) => problem.path)).toEqual([path])
  })

  // An object keeps the order in which it was built, and JSON brings any order.
  const reversed = (value: unknown): unknown =>
    typeof value !== "object" || value === null || Array.isArray(value) || Redacted.isRedacted(value)
      ? value
      : Object.fromEntries(Object.entries(value).toReversed().map(([name, inner]) => [name, reversed(inner)]))

  it.each(Object.entries(orderedShapes))("%s: the order of the input does not matter", (_, { operation, input }) => {
    const straight = encodeRequest(operation, { merchant, input: input as never })
    expect(straight).toHaveProperty("xml")
    expect(encodeRequest(operation, { merchant, input: reversed(input) as never })).toEqual(straight)
  })
})

// Type errors by shape; `npm run types` fails if one of these lines becomes legal.
const amount = { minor: 1, currency: "EUR" }
const captureTwice: InputOf<"capture"> = {
  paymentId,
  // @ts-expect-error capture-amount-before-reference: an amount stands once, and where it stands is not the caller's
  amount: [amount, amount]
}
// @ts-expect-error create-last-before-first: a name has named parts, not a sequence
const nameAsSequence: PersonName = [{ last: "Okafor" }, { first: "Mila" }]
// @ts-expect-error create-missing-version: there is no version to leave out or change
const version: EncodeOptions = { version: "1.2" }
// @ts-expect-error refund-namespace-1_2: nor a namespace
const namespace: EncodeOptions = { namespace: "http://www.docdatapayments.com/services/paymentservice/1_2/" }
// @ts-expect-error create-salesperson-before-integrationinfo: the integration info is no part of an order
const info: Pick<InputOf<"create">, "salesPerson"> = { salesPerson: { first: "N", last: "B" }, integrationInfo: {} }
const amountAndItems: InputOf<"refund"> = {
  paymentId,
  // @ts-expect-error refund-amount-and-items: one or the other
  scope: { _tag: "Amount", amount, items: [{ itemCode: "a", quantity: 1 }] }
}
const twoAccounts: InputOf<"start"> = {
  orderKey,
  // @ts-expect-error sepa-iban-before-bic: parts have names, not places
  payment: { _tag: "WithInput", input: [{ iban: "a" }, { bic: "b" }] }
}
const amountTwice: InputOf<"start"> = {
  orderKey,
  payment: { _tag: "WithInput", input: { _tag: "PointOfSale" } },
  // @ts-expect-error start-amount-after-payment: an amount stands once
  amount: [amount]
}
const plainCard: InputOf<"start"> = {
  orderKey,
  // @ts-expect-error start-card-number-spaces: no card number, with or without blanks
  payment: { _tag: "WithInput", input: { _tag: "EncryptedCard", scheme: "mastercard", cardNumber: "5100 0000" } }
}
// @ts-expect-error status-extended-with-wrong-root: the root follows from the operation
const root = (): unknown => encodeRequest("statusExtendedRequest", { merchant, input: { orderKey } })
// @ts-expect-error status-unqualified-child: a merchant has no namespace of its own
const unqualified: typeof merchant = { ...merchant, xmlns: "" }

describe("what cannot be said", () => {
  it("was checked by the compiler", () => {
    const said = [captureTwice, nameAsSequence, version, namespace, info, amountAndItems, twoAccounts, amountTwice]
    expect([...said, plainCard, root, unqualified]).toHaveLength(inexpressibleShapes.length)
  })
})
