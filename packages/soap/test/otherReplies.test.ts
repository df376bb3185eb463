import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { decodeAnyReply, decodeReply } from "../src/decodeReply.ts"

const namespace = "http://www.docdatapayments.com/services/paymentservice/1_3/"
const bytes = (operation: string, inner: string) =>
  new TextEncoder().encode(
    `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><${operation}Response xmlns="${namespace}" ddpXsdVersion="1.3.15">${inner}</${operation}Response></S:Body></S:Envelope>`
  )
const success = (operation: string, inner = "") =>
  bytes(
    operation,
    `<${operation}Success><success code="SUCCESS">Operation successful.</success>${inner}</${operation}Success>`
  )
const valueOf = <A>(read: Result.Result<{ readonly _tag: string; readonly value?: A }, unknown>) => {
  const reply = Result.getOrThrow(read)
  expect(reply._tag).toBe("Success")
  return reply.value
}

const response = (inner: string) => `<paymentResponse>${inner}</paymentResponse>`
const accepted = response("<paymentSuccess><status>AUTHORIZED</status><id> 5120034817 </id></paymentSuccess>")

describe("a reply to whatever", () => {
  it("tells which operation it answers", () => {
    const replies = { create: success("create", "<key>K1</key>"), refund: success("refund"), cancel: success("cancel") }
    for (const [operation, reply] of Object.entries(replies)) {
      expect(Result.getOrThrow(decodeAnyReply(reply)).operation).toBe(operation)
    }
    const errors = bytes("extendedStatus", "<statusErrors><error code=\"A\">one</error></statusErrors>")
    expect(Result.getOrThrow(decodeAnyReply(errors))).toMatchObject({
      operation: "statusExtended",
      reply: { _tag: "Errors" }
    })
  })

  it("is refused if it answers none", () => {
    expect(decodeAnyReply(success("dance"))).toMatchObject({ failure: { reason: "other-reply" } })
    expect(decodeAnyReply(new TextEncoder().encode("<html></html>"))).toMatchObject({
      failure: { reason: "not-a-reply" }
    })
  })
})

describe("create", () => {
  it("brings the key", () => {
    expect(valueOf(decodeReply("create", success("create", "<key>K1</key>")))).toEqual({ orderKey: "K1" })
  })

  it("brings the payment of a recurring order", () => {
    const reply = success("create", `<key>K1</key>${response("<paymentInsufficientData/>")}`)
    expect(valueOf(decodeReply("create", reply))).toEqual({ orderKey: "K1", payment: { _tag: "InsufficientData" } })
  })

  it("is refused without a key", () => {
    expect(Result.isFailure(decodeReply("create", success("create")))).toBe(true)
  })

  it("brings all errors, singular or plural", () => {
    const errors = "<error code=\"A\">one</error><error code=\"B\">two</error>"
    for (const name of ["createErrors", "createError"]) {
      expect(Result.getOrThrow(decodeReply("create", bytes("create", `<${name}>${errors}</${name}>`)))).toMatchObject({
        _tag: "Errors",
        errors: [{ code: "A", text: "one" }, { code: "B", text: "two" }]
      })
    }
  })
})

describe("start", () => {
  it("brings the redirect beside the payment, unreadable in logs", () => {
    const redirect = "<redirect><method>POST</method><url>https://bank.example/acs</url><parameters>"
      + "<parameter name=\"MD\">m&amp;1</parameter><parameter name=\"PaReq\">eJx</parameter></parameters></redirect>"
    const started = valueOf(decodeReply("start", success("start", accepted + redirect)))
    expect(started?.payment).toEqual({ _tag: "Accepted", paymentId: "5120034817", status: "AUTHORIZED" })
    expect(started?.redirect?.parameters.map(({ name, value }) => [name, Redacted.value(value)])).toEqual([
      ["MD", "m&1"],
      ["PaReq", "eJx"]
    ])
    expect(JSON.stringify(started)).not.toMatch(/bank\.example|eJx/)
  })

  it("can be an answer about a payment that failed", () => {
    const failed = response(
      "<paymentError><error code=\"REQUEST_DATA_INCORRECT\">no</error><status>AUTHORIZATION_FAILED</status><id>7</id></paymentError>"
    )
    expect(valueOf(decodeReply("start", success("start", failed)))).toEqual({
      payment: {
        _tag: "Failed",
        code: "REQUEST_DATA_INCORRECT",
        message: "no",
        status: "AUTHORIZATION_FAILED",
        paymentId: "7"
      }
    })
  })
})

describe("proceed, capture, refund", () => {
  it("read their successes", () => {
    expect(valueOf(decodeReply("proceed", success("proceed", accepted)))).toMatchObject({ status: "AUTHORIZED" })
    expect(valueOf(decodeReply("proceed", success("proceed", response(""))))).toEqual({ _tag: "Silent" })
    expect(valueOf(decodeReply("capture", success("capture")))).toEqual({ _tag: "Filed" })
    expect(valueOf(decodeReply("refund", success("refund")))).toEqual({ _tag: "Filed" })
  })

  it("do not take each other's replies", () => {
    expect(decodeReply("capture", success("refund"))).toMatchObject({ failure: { reason: "other-reply" } })
  })
})

describe("cancel", () => {
  it.each([
    ["NO_PAYMENTS", "NoPayments"],
    ["ALREADY_CANCELED", "AlreadyCancelled"],
    ["SUCCESS", "Cancelled"],
    ["FAILED", "NotCancelled"],
    ["PENDING", "Pending"]
  ])("%s is %s", (word, tag) => {
    expect(valueOf(decodeReply("cancel", success("cancel", `<result>${word}</result>`)))).toEqual({ _tag: tag })
  })

  it("keeps a word that is new, and takes none for a cancellation", () => {
    expect(valueOf(decodeReply("cancel", success("cancel", "<result>PERHAPS</result>")))).toEqual({
      _tag: "Unrecognised",
      word: "PERHAPS"
    })
    expect(valueOf(decodeReply("cancel", success("cancel")))).toEqual({ _tag: "Unrecognised", word: "" })
  })
})

describe("the list of payment methods", () => {
  it("may hold none, one or several, with what newer servers add", () => {
    expect(valueOf(decodeReply("listPaymentMethods", success("listPaymentMethods")))).toEqual([])
    const methods = "<paymentMethod><name>VISA</name></paymentMethod><paymentMethod><name>IDEAL</name><issuers>"
      + "<issuer id=\"BUNQNL2A\">bunq</issuer></issuers></paymentMethod><paymentMethod><name>SEPA_DIRECT_DEBIT</name>"
      + "<mandate><id>m1</id><scheme>CORE</scheme><type>RECURRING</type><state>SIGNED</state></mandate>"
      + "<mobile><qrCodeUrl>q</qrCodeUrl><intentUrl>i</intentUrl></mobile></paymentMethod>"
    expect(valueOf(decodeReply("listPaymentMethods", success("listPaymentMethods", methods)))).toEqual([
      { name: "VISA", issuers: [], mandates: [] },
      { name: "IDEAL", issuers: [{ id: "BUNQNL2A", name: "bunq" }], mandates: [] },
      {
        name: "SEPA_DIRECT_DEBIT",
        issuers: [],
        mandates: [{ id: "m1", scheme: "CORE", type: "RECURRING", state: "SIGNED" }],
        mobile: { qrCodeUrl: "q", intentUrl: "i" }
      }
    ])
  })
})
