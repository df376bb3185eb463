import { describe, expect, it } from "vitest"
import { displayText, errorTextLengthMax, readExtendedStatusReply, readStatusReply } from "../src/index.ts"
import type { ReplyFailureReason } from "../src/index.ts"
import { bytesOf, namespace1_3, payment, refusalOf, reply, soapNamespace, statusReply, valueOf } from "./replies.ts"

const read = (document: string) => readStatusReply(bytesOf(document))
const enveloped = (body: string): string => `<S:Envelope xmlns:S="${soapNamespace}">${body}</S:Envelope>`
const report = statusReply(payment("1"))

describe("the envelope", () => {
  it("may be there or not", () => {
    expect(valueOf(read(enveloped(`<S:Body>${report}</S:Body>`)))).toEqual(valueOf(read(report)))
  })

  it("may bind any prefix, or none", () => {
    const plain = `<Envelope xmlns="${soapNamespace}"><Header><x/></Header><Body>${report}</Body></Envelope>`
    expect(valueOf(read(plain))).toEqual(valueOf(read(report)))
    expect(valueOf(readStatusReply(reply("status-1.3-prefixed")))).toMatchObject({ _tag: "Success", apiVersion: "1.3" })
  })

  it.each<[what: string, document: string, reason: ReplyFailureReason]>([
    ["no body", enveloped("<S:Header/>"), "malformed-envelope"],
    ["an empty body", enveloped("<S:Body/>"), "malformed-envelope"],
    ["two bodies", enveloped(`<S:Body>${report}</S:Body><S:Body/>`), "malformed-envelope"],
    ["two replies", enveloped(`<S:Body>${report}${report}</S:Body>`), "malformed-envelope"],
    ["a reply and a fault", enveloped(`<S:Body>${report}<S:Fault/></S:Body>`), "malformed-envelope"],
    ["a body of another namespace", enveloped(`<Body>${report}</Body>`), "malformed-envelope"],
    [
      "SOAP 1.2",
      enveloped("<S:Body/>").replace(soapNamespace, "http://www.w3.org/2003/05/soap-envelope"),
      "not-a-reply"
    ],
    ["an envelope in an envelope", enveloped(`<S:Body>${enveloped("<S:Body/>")}</S:Body>`), "not-a-reply"],
    ["a web page", "<html><body>Service unavailable</body></html>", "not-a-reply"],
    ["a reply without a namespace", report.replace(` xmlns="${namespace1_3}"`, ""), "not-a-reply"],
    ["a namespace without its last slash", report.replace("1_3/", "1_3"), "not-a-reply"],
    ["a version that does not exist", report.replace("1_3/", "1_4/"), "not-a-reply"],
    ["the namespace of the service description", report.replace("1_3/", "1_3/paymentservice.wsdl"), "not-a-reply"],
    ["the answer to another operation", `<createResponse xmlns="${namespace1_3}"/>`, "other-reply"],
    ["a request", `<statusRequest xmlns="${namespace1_3}"/>`, "other-reply"],
    ["neither success nor errors", `<statusResponse xmlns="${namespace1_3}"/>`, "no-verdict"],
    ["errors without one", `<statusResponse xmlns="${namespace1_3}"><statusErrors/></statusResponse>`, "no-verdict"],
    [
      "success and errors",
      report.replace("<statusSuccess>", `<statusErrors><error code="X">x</error></statusErrors><statusSuccess>`),
      "no-verdict"
    ]
  ])("refuses %s", (_what, document, reason) => {
    expect(refusalOf(read(document)).reason).toBe(reason)
  })

  it("an extended reply is read for its report, but not the other way round", () => {
    const extended = reply("extended-1.0-risk-checks")
    expect(valueOf(readStatusReply(extended))).toMatchObject({ _tag: "Success", apiVersion: "1.0" })
    expect(refusalOf(readExtendedStatusReply(reply("status-1.3-paid"))).reason).toBe("other-reply")
  })

  it("points at the element that is wrong", () => {
    const refused = refusalOf(
      read(`<S:Envelope xmlns:S="${soapNamespace}">\n <S:Body>\n  <x/>\n </S:Body></S:Envelope>`)
    )
    expect(refused).toMatchObject({ reason: "not-a-reply", position: { line: 3, column: 3 } })
  })
})

describe("namespaces", () => {
  const foreign = `xmlns:f="urn:example:foreign"`

  it("elements of another namespace are never merged with ours, whatever their name", () => {
    const two = statusReply(
      `<f:payment ${foreign}><f:id>999</f:id></f:payment>` +
        payment(
          "1",
          `<status>NEW</status><f:amount ${foreign} currency="EUR">999</f:amount><amount currency="EUR">1</amount>`
        )
    )
    expect(valueOf(read(two))).toMatchObject({
      value: { payments: [{ id: "1", authorization: { amount: { minor: 1, currency: "EUR" } } }] }
    })
  })

  it("elements of another version of the API are another namespace too", () => {
    const mixed = statusReply(payment("1", `<status xmlns="${namespace1_3.replace("1_3", "1_2")}">NEW</status>`))
    expect(refusalOf(read(mixed))).toMatchObject({ reason: "missing-element" })
  })

  it("one prefix may mean different things in different places", () => {
    const rebound = statusReply(
      `<p:payment xmlns:p="${namespace1_3}"><p:id>1</p:id><p:paymentMethod>X</p:paymentMethod><p:authorization>` +
        `<p:status>NEW</p:status><p:amount currency="EUR">1</p:amount><p:status xmlns:p="urn:other">PAID</p:status>` +
        `</p:authorization></p:payment>`
    )
    expect(valueOf(read(rebound))).toMatchObject({ value: { payments: [{ authorization: { status: "NEW" } }] } })
  })

  it("attributes with a prefix are not ours", () => {
    const doubled = statusReply(
      payment("1", `<status>NEW</status><amount ${foreign} f:currency="USD" currency="EUR">1</amount>`)
    )
    expect(valueOf(read(doubled))).toMatchObject({
      value: { payments: [{ authorization: { amount: { currency: "EUR" } } }] }
    })
    const only = statusReply(payment("1", `<status>NEW</status><amount ${foreign} f:currency="EUR">1</amount>`))
    expect(refusalOf(read(only))).toMatchObject({ reason: "missing-attribute" })
  })

  it.each<[what: string, attributes: string, reason: ReplyFailureReason]>([
    ["an element's prefix that nothing binds", "><x:y/", "unbound-prefix"],
    ["an attribute's prefix that nothing binds", ` x:y="1"`, "unbound-prefix"],
    ["a prefix bound to nothing", ` xmlns:x=""`, "namespace-declaration"],
    [
      "another name for the namespace of xml",
      ` xmlns:x="http://www.w3.org/XML/1998/namespace"`,
      "namespace-declaration"
    ],
    ["another meaning for xml", ` xmlns:xml="urn:x"`, "namespace-declaration"],
    ["xmlns as a prefix", ` xmlns:xmlns="urn:x"`, "namespace-declaration"],
    ["the namespace of xmlns", ` xmlns:x="http://www.w3.org/2000/xmlns/"`, "namespace-declaration"],
    ["one attribute under two prefixes", ` xmlns:x="urn:x" xmlns:y="urn:x" x:a="1" y:a="2"`, "duplicate-attribute"]
  ])("refuses %s", (_what, attributes, reason) => {
    expect(refusalOf(read(`<a${attributes}></a>`.replace("/></a>", "/></a>"))).reason).toBe(reason)
  })

  it("xml may be declared as what it is, and the default taken back", () => {
    const odd = report.replace(
      "<report>",
      `<report xml:lang="en" xmlns:xml="http://www.w3.org/XML/1998/namespace"><x xmlns=""/>`
    )
    expect(valueOf(read(odd))).toEqual(valueOf(read(report)))
  })
})

describe("errors", () => {
  it("are all kept, with code and text", () => {
    expect(valueOf(readStatusReply(reply("status-1.3-errors")))).toEqual({
      _tag: "Errors",
      errors: [
        { code: "REQUEST_DATA_INCORRECT", text: "Order could not be found with the given key." },
        { code: "A_NEW_CODE", text: "A second <reason>." }
      ],
      apiVersion: "1.3",
      ddpXsdVersion: "1.3.14"
    })
  })

  it("may be singular", () => {
    expect(valueOf(readStatusReply(reply("status-1.2-error")))).toEqual({
      _tag: "Errors",
      errors: [{ code: "SECURITY_ERROR", text: "Login failed." }],
      apiVersion: "1.2"
    })
  })

  it("may come without a code", () => {
    const bare = `<statusResponse xmlns="${namespace1_3}"><statusErrors><error/></statusErrors></statusResponse>`
    expect(valueOf(read(bare))).toMatchObject({ errors: [{ code: "", text: "" }] })
  })

  it("are fit to be shown: one line, bounded, nothing that steers a terminal", () => {
    const long = `\u009b31m first\n\nsecond\u2028third \u202etxt.exe\u00ad ${"😀".repeat(errorTextLengthMax)}`
    const dirty =
      `<statusResponse xmlns="${namespace1_3}"><statusErrors><error code="A&#10;B">${long}</error></statusErrors></statusResponse>`
    const answer = valueOf(read(dirty))
    if (answer._tag !== "Errors") throw new Error(answer._tag)
    const [error] = answer.errors
    expect(error?.code).toBe("A B")
    expect(error?.text).toMatch(/^31m first second third txt\.exe 😀/)
    expect(error?.text.length).toBeLessThanOrEqual(errorTextLengthMax)
    expect(error?.text.isWellFormed()).toBe(true)
  })

  it.each([["", ""], ["  a  ", "a"], ["abcdef", "abcd"], ["abc def", "abc"], ["abc😀", "abc"], ["\u0007", ""]])(
    "text %j shown in four characters is %j",
    (text, shown) => {
      expect(displayText(text, 4)).toBe(shown)
    }
  )
})

describe("faults", () => {
  it("are answers of their own", () => {
    expect(valueOf(readStatusReply(reply("fault")))).toEqual({
      _tag: "Fault",
      faultcode: "S:Server",
      faultstring: "Something broke while processing."
    })
  })

  it.each([
    [
      "parts in the namespace of SOAP",
      "<S:faultcode>S:Client</S:faultcode><S:faultstring>No.</S:faultstring>",
      "S:Client"
    ],
    ["no parts at all", "", ""],
    ["parts of another namespace only", `<faultcode xmlns="urn:x">x</faultcode>`, ""]
  ])("may have %s", (_what, parts, faultcode) => {
    const fault = valueOf(read(enveloped(`<S:Body><S:Fault>${parts}</S:Fault></S:Body>`)))
    expect(fault).toMatchObject({ _tag: "Fault", faultcode })
  })
})
