import { describe, expect, it } from "vitest"
import { type EncodedRequest, type EncodeOptions, encodeRequest } from "../src/encodeRequest.ts"
import type { Sample } from "./samples.ts"
import { merchant, minimalOrder, orderKey, paymentId, plainCardShapes, referenceSamples, samples } from "./samples.ts"

const encode = (sample: Sample, options: EncodeOptions = {}) => encodeRequest(sample.operation, sample, options)
const sent = (sample: Sample, options?: EncodeOptions): EncodedRequest => {
  const encoded = encode(sample, options)
  if ("problems" in encoded) throw new Error(JSON.stringify(encoded.problems))
  return encoded
}

describe("every request shape", () => {
  it("is expressible, but for those with plain card data", () => {
    expect(referenceSamples).toHaveLength(31)
    expect(referenceSamples.length + plainCardShapes.length).toBe(36)
    expect(new Set(samples.map(({ operation }) => operation)).size).toBe(9)
  })

  it.each(samples)("$name is written", (sample) => {
    const { xml, soapAction } = sent(sample)
    expect(xml).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?><soapenv:Envelope xmlns:soapenv="http:\/\/schemas\.xmlsoap\.org\/soap\/envelope\/"><soapenv:Body><\w+Request xmlns="http:\/\/www\.docdatapayments\.com\/services\/paymentservice\/1_3\/" version="1\.3"/
    )
    expect(soapAction).toBe(`"${sample.operation}"`)
    expect(xml).toContain("<webshopPlugin>@docdata/soap</webshopPlugin>")
    expect(xml).toContain("<programmingLanguage>TypeScript</programmingLanguage>")
    expect(xml).not.toMatch(/<(\w+)><\/\1>/)
  })
})

describe("the text of a request", () => {
  it("is exactly this for a status", () => {
    expect(sent({ name: "", operation: "status", merchant, input: { orderKey } }).xml).toBe(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\">"
        + "<soapenv:Body><statusRequest xmlns=\"http://www.docdatapayments.com/services/paymentservice/1_3/\" version=\"1.3\">"
        + "<merchant name=\"lantern_shop\" password=\"p&amp;ss&lt;w&gt;rd&quot;1&apos;\"/>"
        + `<paymentOrderKey>${orderKey}</paymentOrderKey>`
        + "<integrationInfo><webshopPlugin>@docdata/soap</webshopPlugin><webshopPluginVersion>0.1.0</webshopPluginVersion>"
        + "<programmingLanguage>TypeScript</programmingLanguage><ddpXsdVersion>1.3.14</ddpXsdVersion></integrationInfo>"
        + "</statusRequest></soapenv:Body></soapenv:Envelope>"
    )
  })

  it("calls the extended status by its two names", () => {
    const { xml, soapAction } = sent({ name: "", operation: "statusExtended", merchant, input: { orderKey } })
    expect(soapAction).toBe("\"statusExtended\"")
    expect(xml).toContain("<extendedStatusRequest ")
  })

  it("writes white space as the schema reads it and keeps it where it counts", () => {
    const full = sent(samples.find(({ name }) => name === "create-full-shopper-invoice")!).xml
    expect(full).toContain("<description>Lanterns and more</description>")
    const secure = sent(samples.find(({ name }) => name === "proceed-3ds")!).xml
    expect(secure).toContain("<PARes>eJx=&#13;\nabc+/=</PARes>")
  })

  it("adds the bill up, one VAT total per rate, and numbers the lines", () => {
    const { xml } = sent(samples.find(({ name }) => name === "create-full-shopper-invoice")!)
    expect(xml).toContain(
      "<totalNetAmount currency=\"EUR\">5409</totalNetAmount><totalVatAmount currency=\"EUR\" rate=\"21\">944</totalVatAmount>"
        + "<totalVatAmount currency=\"EUR\" rate=\"9\">82</totalVatAmount><item number=\"1\">"
    )
    expect(xml).toContain("<item number=\"4\">")
    expect(xml).toContain("<description>-</description>")
  })

  it("puts the sales person behind the integration info", () => {
    const { xml } = sent(samples.find(({ name }) => name === "create-full-shopper-invoice")!)
    expect(xml.indexOf("<salesPerson>")).toBeGreaterThan(xml.indexOf("</integrationInfo>"))
  })

  it("sends the goods to the billing address, state included, unless told otherwise", () => {
    const sample = samples.find(({ name }) => name === "create-subject-immediate-fee-yen")!
    const { xml } = sent({
      ...sample,
      input: {
        ...sample.input as typeof minimalOrder,
        billTo: { ...minimalOrder.billTo, address: { ...minimalOrder.billTo.address, state: "OV" } }
      }
    } as Sample)
    expect(xml).toMatch(/<shipTo>.*<state>OV<\/state>.*<\/shipTo>/)
  })

  it("lets the caller's software speak for itself", () => {
    const sample: Sample = { name: "", operation: "cancel", merchant, input: { orderKey } }
    const { xml } = sent(sample, { integration: { webshopPlugin: "lantern", operatingSystem: "linux" } })
    expect(xml).toContain("<webshopPlugin>lantern</webshopPlugin>")
    expect(xml).toContain("<operatingSystem>linux</operatingSystem>")
    expect(encode(sample, { integration: { operatingSystemVersion: "x".repeat(36) } })).toMatchObject({
      problems: [{ path: "integration.operatingSystemVersion", limit: "text-35" }]
    })
  })
})

describe("shortening", () => {
  const long: Sample = {
    name: "",
    operation: "create",
    merchant,
    input: {
      ...minimalOrder,
      description: "d".repeat(300),
      billTo: { ...minimalOrder.billTo, address: { ...minimalOrder.billTo.address, city: `${"c".repeat(34)}😀` } }
    }
  }

  it("is off by default", () => {
    expect(encode(long)).toMatchObject({
      problems: [
        { path: "billTo.address.city", limit: "text-35", valueKind: "text of 36 characters" },
        { path: "description", limit: "text-255", valueKind: "text of 300 characters" }
      ]
    })
  })

  it("cuts between characters and reports what it cut", () => {
    const { xml, shortened } = sent(long, { overlongText: "shorten" })
    expect(xml).toContain(`<city>${"c".repeat(34)}</city>`)
    expect(shortened).toEqual([
      { path: "billTo.address.city", keptLength: 34, cutLength: 2 },
      { path: "description", keptLength: 255, cutLength: 45 }
    ])
  })

  it("never cuts what is looked up", () => {
    const sample: Sample = {
      name: "",
      operation: "create",
      merchant,
      input: { ...minimalOrder, orderReference: "r".repeat(256) }
    }
    expect(encode(sample, { overlongText: "shorten" })).toMatchObject({ problems: [{ path: "orderReference" }] })
  })
})

describe("refusing before sending", () => {
  it("reports all problems at once, without the values", () => {
    const encoded = encode({
      name: "",
      operation: "refund",
      merchant: { ...merchant, merchantName: "" },
      input: {
        orderKey,
        paymentId: "0",
        scope: { _tag: "Items", items: [{ itemCode: "s3cret-value\u0000", quantity: 0.5 }] },
        notBefore: "2027-02-29"
      }
    })
    expect(encoded).toEqual({
      _tag: "RefusedBeforeSending",
      problems: [
        { path: "merchant.merchantName", limit: "text-50", valueKind: "empty text", message: expect.any(String) },
        { path: "paymentId", limit: "payment-id", valueKind: "text of 1 characters", message: expect.any(String) },
        {
          path: "scope.items[0].itemCode",
          limit: "text-50",
          valueKind: "text of 13 characters",
          message: expect.any(String)
        },
        {
          path: "scope.items[0].quantity",
          limit: "int32",
          valueKind: "number that is not whole",
          message: expect.any(String)
        },
        { path: "notBefore", limit: "date", valueKind: "text of 10 characters", message: expect.any(String) }
      ]
    })
    expect(JSON.stringify(encoded)).not.toContain("s3cret")
  })

  it.each(["\u0000", "\u0008", "\uFFFE", "\uD800", "a\uDFFF"])(
    "refuses the character of %j, which XML lacks",
    (character) => {
      const sample: Sample = {
        name: "",
        operation: "capture",
        merchant,
        input: { orderKey, paymentId, description: character }
      }
      expect(encode(sample)).toMatchObject({ problems: [{ path: "description" }] })
    }
  )

  it("refuses a fee on anything but the creation of an order", () => {
    const fee = { moment: "immediate", amount: { minor: 1, currency: "EUR" } } as const
    const subjectMerchant = { name: "s", token: merchant.password, fee }
    expect(encode({ name: "", operation: "cancel", merchant: { ...merchant, subjectMerchant }, input: { orderKey } }))
      .toMatchObject({
        problems: [{ path: "merchant.subjectMerchant.token" }, {
          path: "merchant.subjectMerchant.fee",
          limit: "create-only"
        }]
      })
  })

  it("refuses a bill that is not the order's total, or that lacks the state PayPal will look for", () => {
    const sample = samples.find(({ name }) => name === "create-full-shopper-invoice")!
    const order = sample.input as typeof minimalOrder
    const shipTo = { ...minimalOrder.billTo, address: { ...minimalOrder.billTo.address, country: "US" } }
    const input = { ...order, total: { minor: 1, currency: "EUR" }, invoice: { ...order.invoice!, shipTo } }
    expect(encode({ ...sample, input } as Sample)).toMatchObject({
      problems: [{ path: "invoice.lines", limit: "sum" }, { path: "invoice.shipTo.address.state", limit: "state" }]
    })
  })

  it("names parts that are missing altogether, for callers without types", () => {
    const input = { orderReference: "r", buyer: { _tag: "Robot" } } as never
    const encoded = encode({ name: "", operation: "create", merchant, input })
    expect("problems" in encoded && encoded.problems.map(({ path }) => path)).toEqual([
      "profile",
      "daysToPay",
      "buyer._tag",
      "total",
      "billTo"
    ])
  })
})
