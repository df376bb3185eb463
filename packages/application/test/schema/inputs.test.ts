import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { describe, expect, expectTypeOf, it } from "vitest"
import type * as Application from "../../src/ports/index.ts"
import * as Schemas from "../../src/schema/index.ts"

describe("type and schema are equal", () => {
  it("for every input", () => {
    expectTypeOf<typeof Schemas.Merchant.Type>().toEqualTypeOf<Application.Merchant>()
    expectTypeOf<typeof Schemas.CreateOrderInput.Type>().toEqualTypeOf<Application.CreateOrderInput>()
    expectTypeOf<typeof Schemas.StartPaymentInput.Type>().toEqualTypeOf<Application.StartPaymentInput>()
    expectTypeOf<typeof Schemas.ProceedInput.Type>().toEqualTypeOf<Application.ProceedInput>()
    expectTypeOf<typeof Schemas.CaptureInput.Type>().toEqualTypeOf<Application.CaptureInput>()
    expectTypeOf<typeof Schemas.LifecycleEvent.Type["type"]>().toEqualTypeOf<Application.LifecycleEvent["type"]>()
    expectTypeOf<typeof Schemas.RefundInput.Type>().toEqualTypeOf<Application.RefundInput>()
    expectTypeOf<typeof Schemas.OrderByKey.Type>().toEqualTypeOf<Application.OrderByKey>()
  })

  it("for every operation", () => {
    type Inputs = { [O in Application.Operation]: (typeof Schemas.inputByOperation)[O]["Type"] }
    expectTypeOf<Inputs>().toEqualTypeOf<{ [O in Application.Operation]: Application.InputOf<O> }>()
  })
})

const strict = { onExcessProperty: "error", errors: "all" } as const
const decodeStart = Schema.decodeUnknownResult(Schemas.StartPaymentInput, strict)
const start = (input: object) => decodeStart({ orderKey: "K", payment: { _tag: "WithInput", input } })

describe("JSON in", () => {
  it("comes out typed, with secrets redacted", () => {
    const read = start({ _tag: "DirectDebit", iban: "NL02BUNQ0000000001" })
    expect(read).toMatchObject({ _tag: "Success" })
    expect(JSON.stringify(read)).not.toContain("BUNQ")
    const { payment } = Schema.decodeUnknownSync(Schemas.StartPaymentInput)({
      orderKey: "K",
      payment: { _tag: "WithInput", input: { _tag: "EncryptedCard", scheme: "visa", encryptedData: "QUJD" } }
    })
    expect(
      payment._tag === "WithInput" && payment.input._tag === "EncryptedCard" &&
        Redacted.value(payment.input.encryptedData)
    )
      .toBe("QUJD")
  })

  it.each([
    ["a plain card number", {
      _tag: "EncryptedCard",
      scheme: "visa",
      encryptedData: "x",
      cardNumber: "4111111111111111"
    }],
    ["a security code", { _tag: "EncryptedCard", scheme: "visa", encryptedData: "x", securityCode: "123" }],
    ["a field that is none", { _tag: "Ideal", issuerId: "X", issuer: "Y" }],
    ["a method that is none", { _tag: "Cash" }]
  ])("refuses %s, without showing it", (_, input) => {
    const read = start(input)
    expect(read).toMatchObject({ _tag: "Failure" })
    expect(String((read as { failure?: unknown }).failure)).not.toMatch(/4111|"123"/)
  })
})
