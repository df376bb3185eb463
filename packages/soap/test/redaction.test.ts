import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cleanMessage } from "../src/redaction/cleanMessage.ts"
import { redactXml } from "../src/redaction/redactXml.ts"
import { encodeRequest } from "../src/encodeRequest.ts"
import { samples } from "./samples.ts"

const canary = "CANARYvalue"

describe("an exchange's text", () => {
  it("shows a status request but for the password", () => {
    const sample = samples.find(({ name }) => name === "status-subject-merchant")!
    const encoded = encodeRequest(sample.operation, sample)
    if ("problems" in encoded) throw new Error("expected a request")
    expect(redactXml(encoded.xml)).toBe(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\">"
        + "<soapenv:Body><statusRequest xmlns=\"http://www.docdatapayments.com/services/paymentservice/1_3/\" version=\"1.3\">"
        + "<merchant name=\"lantern_shop\" password=\"***\"><subjectMerchant name=\"stall\" token=\"***\"/></merchant>"
        + "<paymentOrderKey>9F8E7D6C5B4A39281706F5E4D3C2B1A0</paymentOrderKey>"
        + "<integrationInfo><webshopPlugin>@docdata/soap</webshopPlugin><webshopPluginVersion>0.1.0</webshopPluginVersion>"
        + "<programmingLanguage>TypeScript</programmingLanguage><ddpXsdVersion>1.3.14</ddpXsdVersion></integrationInfo>"
        + "</statusRequest></soapenv:Body></soapenv:Envelope>"
    )
  })

  it("shows nothing a shopper typed, in any request", () => {
    const personal = [
      "Mila",
      "Okafor",
      "Teun",
      "Veld",
      "@lantern.example",
      "Lindelaan",
      "Kade",
      "8011AA",
      "Zwolle",
      "NL02BUNQ"
    ]
      .concat(
        "DE02",
        "1976-02-29",
        "+3138",
        "2001:db8",
        "p&amp;ss",
        "tok.7",
        "eJx",
        "QUJD",
        "EC-0001",
        "ctx",
        "Lantern/1.0",
        "OV"
      )
    for (const sample of samples) {
      const encoded = encodeRequest(sample.operation, sample)
      if ("problems" in encoded) throw new Error("expected a request")
      const shown = redactXml(encoded.xml)
      expect(personal.filter((word) => shown.includes(word)), sample.name).toEqual([])
    }
  })

  it.each([
    ["an element nobody knows", `<a><brandNew>${canary}</brandNew></a>`],
    ["an attribute nobody knows", `<a brandNew="${canary}" x='${canary}'/>`],
    ["a harmless word in an address", `<shipTo><address><quantity>${canary}</quantity></address></shipTo>`],
    ["a page instead of a reply", `<html><body><p>${canary}<br>${canary}</body></html>`],
    ["plain text", canary],
    ["a comment", `<amount><!-- ${canary} --></amount>x<!-- ${canary} -->`],
    ["a section", `<iban><![CDATA[${canary}]]></iban>`],
    ["a reply cut in a tag", `<a><name>x</name><iban value="${canary}`],
    ["a doctype", `<!DOCTYPE a [<!ENTITY e "${canary}">]><a>&e;</a>`],
    [
      "a namespace",
      `<a xmlns="${canary}" xmlns:b="http://www.docdatapayments.com/${canary}"/>`.replace(
        `com/${canary}`,
        `example/${canary}`
      )
    ],
    ["an end tag too many", `<amount></amount></amount><x>${canary}</x>`]
  ])("masks %s", (_, xml) => {
    expect(redactXml(xml)).not.toContain(canary)
  })

  it("shows states and amounts of a report", () => {
    const report =
      "<payment><id>7</id><authorization><status>AUTHORIZED</status><amount currency=\"EUR\">5</amount></authorization></payment>"
    expect(redactXml(report)).toBe(report)
  })

  it("ends, bounded, on any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => {
      expect(redactXml(text).length).toBeLessThan(10_000)
    }))
    expect(redactXml("<a>".repeat(1_000_000)).length).toBeLessThan(64_100)
  })
})

describe("an error text", () => {
  it.each([
    ["Paid by NL02 BUNQ 0000 0000 01, card 4111-1111 1111 1111, a.b@c.example.", "Paid by ***, card ***, ***"],
    ["Merchant order reference is not unique.", "Merchant order reference is not unique."],
    [
      "XML request does not match XSD. The data is: cvc-maxLength-valid: Value 'O'Neil CANARY' with length = '36' is not facet-valid with respect to maxLength '35' for type 'string35'.",
      "XML request does not match XSD. The data is: cvc-maxLength-valid: Value *** with length = '36' is not facet-valid with respect to maxLength '35' for type ***."
    ],
    [
      "cvc-complex-type.2.4.a: Invalid content was found starting with element 'last'. One of '{\"http://www.docdatapayments.com/services/paymentservice/1_3/\":first}' is expected.",
      "cvc-complex-type.2.4.a: Invalid content was found starting with element 'last'. One of '{\"http://www.docdatapayments.com/services/paymentservice/1_3/\":first}' is expected."
    ],
    [
      "cvc-datatype-valid.1.2.1: 'CAN ARY 12' is not a valid value for 'integer'.",
      "cvc-datatype-valid.1.2.1: *** is not a valid value for 'integer'."
    ],
    [
      "cvc-attribute.3: The value 'CANARY-1' of attribute 'code' on element 'language' is not valid with respect to its type, 'languageCode'.",
      "cvc-attribute.3: The value *** of attribute 'code' on element 'language' is not valid with respect to its type, 'languageCode'."
    ]
  ])("%s", (text, cleaned) => {
    expect(cleanMessage(text)).toBe(cleaned)
  })
})

describe("an error text that was cut", () => {
  it("shows nothing of a quoted value whose end is missing", () => {
    expect(cleanMessage("The data is: Value 'https://shop.example/return?session=CANARY")).toBe(
      "The data is: Value ***"
    )
  })

  it("shows nothing of a request's value whose end is missing, quoted or not", () => {
    const request = "<shopper><email>canary-of-somebody@shop.example.org</email></shopper>"
    expect(cleanMessage("No such shopper: canary-of-some", request)).toBe("No such shopper: ***")
  })

  it("leaves an apostrophe inside a word alone", () => {
    expect(cleanMessage("The merchant's profile is unknown")).toBe("The merchant's profile is unknown")
  })
})
