import { XmlDocument, XsdValidator } from "libxml2-wasm"
import { describe, expect, it } from "vitest"
import { checkRequest } from "../src/contract/checkRequest.ts"
import { printSchema } from "../src/contract/printSchema.ts"
import * as Body from "./stage/requestBodies.ts"

const accepted: ReadonlyArray<readonly [string, string]> = [
  ["the smallest create", Body.create()],
  [
    "a create with everything after billTo in order",
    Body.create({
      more: `<description>Things</description><receiptText>Shop</receiptText><includeCosts>false</includeCosts>`
        + `<paymentRequest><initialPaymentReference><merchantReference>series</merchantReference></initialPaymentReference></paymentRequest>`
        + `${Body.invoice}${Body.integrationInfo}<salesPerson><name><first>S</first><last>P</last></name></salesPerson>`
    })
  ],
  [
    "a company as buyer",
    Body.create({
      buyer: `<company id="c"><name>Firm</name><email>a@firm.example</email><language code="en"/></company>`
    })
  ],
  ["version 1.30, equal as a decimal", Body.create({ attributes: `version="1.30"` })],
  ["a single blank as reference", Body.create({ reference: " " })],
  ["a negative amount", Body.create({ total: Body.amount("totalGrossAmount", -1) })],
  [
    "a subject merchant with a fee",
    Body.create({
      merchant: `<merchant name="p" password="x"><subjectMerchant name="s" token="t"><fee moment="IMMEDIATE">${
        Body.amount("amount", 1)
      }</fee></subjectMerchant></merchant>`
    })
  ],
  ["an empty menuPreferences", Body.create({ preferences: `${Body.preferences}<menuPreferences/>` })],
  ["a start", Body.start(`${Body.startIdeal}<returnUrl>http://shop.example/</returnUrl>${Body.browser}`)],
  ["a start with an amount before the payment", Body.start(`${Body.amount("paymentAmount", 5)}${Body.startVisa}`)],
  ["a start with a bare token", Body.start(`<token key="abc"/>`)],
  [
    "a recurring start",
    Body.start(
      `<recurringPaymentRequest><initialPaymentReference><merchantReference>s</merchantReference></initialPaymentReference></recurringPaymentRequest>`
    )
  ],
  [
    "a direct debit with BIC before IBAN",
    Body.start(
      `<payment><paymentMethod>X</paymentMethod><directDebitPaymentInput><bic>SIMUNL00</bic><iban>NL00SIMU0000000001</iban></directDebitPaymentInput></payment>`
    )
  ],
  ["a proceed", Body.onPayment("proceedRequest", "49", "<iDealAuthorizationResult/>")],
  [
    "a proceed with an element of no namespace in its place",
    Body.onPayment(
      "proceedRequest",
      "49",
      `<iDealAuthorizationResult/><later xmlns="">x</later>${Body.integrationInfo}`
    )
  ],
  ["a capture of everything", Body.onPayment("captureRequest", "49")],
  [
    "a capture with everything",
    Body.onPayment(
      "captureRequest",
      "49",
      `<merchantCaptureReference>r</merchantCaptureReference>${
        Body.amount("amount", 1)
      }<itemCode>A</itemCode><description>d</description>`
        + `<finalCapture>1</finalCapture><cancelReserved>true</cancelReserved><requiredCaptureDate>2026-02-28</requiredCaptureDate>`
    )
  ],
  [
    "a refund by items",
    Body.onPayment(
      "refundRequest",
      "49",
      `<refundItems><itemLine><itemCode>A</itemCode><quantity>1</quantity></itemLine></refundItems>`
    )
  ],
  ["a refund of what is left", Body.onPayment("refundRequest", "49")],
  ["a status", Body.byKey("statusRequest")],
  ["an extended status", Body.byKey("extendedStatusRequest", Body.key, `version="1.3" testExtensibility="true"`)],
  ["a list", Body.byKey("listPaymentMethodsRequest")],
  ["a cancel", Body.byKey("cancelRequest")],
  [
    "a schema location on the root",
    Body.create({
      attributes: `version="1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"`
    })
  ],
  ["an envelope", Body.envelope(Body.byKey("statusRequest"))]
]

const wrong = (from: string, to: string, body = Body.create()): string => {
  if (!body.includes(from)) throw new Error(`${from} is not in the body`)
  return body.replace(from, to)
}

const refused: ReadonlyArray<readonly [what: string, body: string, path: string, rule: string]> = [
  ["no version", Body.create({ attributes: "" }), "createRequest/@version", "cvc-complex-type.4"],
  ["version 1.0", Body.create({ attributes: `version="1.0"` }), "createRequest/@version", "cvc-attribute.4"],
  ["version 1.3.1", Body.create({ attributes: `version="1.3.1"` }), "createRequest/@version", "cvc-attribute.3"],
  [
    "an unknown attribute",
    Body.create({ attributes: `version="1.3" extra="1"` }),
    "createRequest/@extra",
    "cvc-complex-type.3.2.2"
  ],
  ["another namespace", wrong("paymentservice/1_3/", "paymentservice/1_2/"), "createRequest", "this is no request"],
  ["an unknown root", Body.byKey("statusExtendedRequest"), "statusExtendedRequest", "this is no request"],
  [
    "a child without namespace",
    wrong("<merchant ", `<merchant xmlns="" `),
    "createRequest/merchant",
    "cvc-complex-type.2.4.a"
  ],
  [
    "last before first",
    wrong("<first>Test</first><last>Person</last>", "<last>Person</last><first>Test</first>"),
    "createRequest/shopper/name/last",
    "cvc-complex-type.2.4.a"
  ],
  ["no gender", wrong("<gender>U</gender>", ""), "createRequest/shopper", "cvc-complex-type.2.4.b"],
  ["a small gender", wrong(">U<", ">u<"), "createRequest/shopper/gender", "cvc-type.3.1.3"],
  ["no shopper id", wrong(` id="c-1"`, ""), "createRequest/shopper/@id", "cvc-complex-type.4"],
  [
    "shopper and company",
    Body.create({ buyer: `${Body.shopper}<company id="c"/>` }),
    "createRequest/company",
    "cvc-complex-type.2.4.a"
  ],
  [
    "no days to pay",
    wrong("<numberOfDaysToPay>14</numberOfDaysToPay>", ""),
    "createRequest/paymentPreferences",
    "cvc-complex-type.2.4.b"
  ],
  [
    "days that are no number",
    wrong(">14<", ">two weeks<"),
    "createRequest/paymentPreferences/numberOfDaysToPay",
    "cvc-type.3.1.3"
  ],
  [
    "an empty exhortation",
    wrong("</numberOfDaysToPay>", "</numberOfDaysToPay><exhortation/>"),
    "createRequest/paymentPreferences/exhortation",
    "cvc-complex-type.2.4.b"
  ],
  [
    "a period without days",
    wrong("</numberOfDaysToPay>", "</numberOfDaysToPay><exhortation><period1/></exhortation>"),
    "createRequest/paymentPreferences/exhortation/period1/@numberOfDays",
    "cvc-complex-type.4"
  ],
  ["an empty reference", Body.create({ reference: "" }), "createRequest/merchantOrderReference", "cvc-type.3.1.3"],
  [
    "a reference of 256",
    Body.create({ reference: "x".repeat(256) }),
    "createRequest/merchantOrderReference",
    "cvc-type.3.1.3"
  ],
  [
    "an amount above 32 bits",
    Body.create({ total: Body.amount("totalGrossAmount", 2_147_483_648) }),
    "createRequest/totalGrossAmount",
    "cvc-complex-type.2.2"
  ],
  [
    "a decimal amount",
    Body.create({ total: Body.amount("totalGrossAmount", "24.20") }),
    "createRequest/totalGrossAmount",
    "cvc-complex-type.2.2"
  ],
  [
    "a small currency",
    Body.create({ total: Body.amount("totalGrossAmount", 1, "eur") }),
    "createRequest/totalGrossAmount/@currency",
    "cvc-attribute.3"
  ],
  [
    "a capital language",
    wrong(`language code="nl"`, `language code="NL"`),
    "createRequest/shopper/language/@code",
    "cvc-attribute.3"
  ],
  [
    "a locale",
    wrong(`language code="nl"`, `language code="nl-be"`),
    "createRequest/shopper/language/@code",
    "cvc-attribute.3"
  ],
  [
    "a small country",
    wrong(`country code="NL"`, `country code="nl"`),
    "createRequest/billTo/address/country/@code",
    "cvc-attribute.3"
  ],
  [
    "a quote in an e-mail address",
    wrong("test@shop.example", "o'test@shop.example"),
    "createRequest/shopper/email",
    "cvc-type.3.1.3"
  ],
  [
    "a city of 36",
    wrong("<city>Nergens</city>", `<city>${"x".repeat(36)}</city>`),
    "createRequest/billTo/address/city",
    "cvc-type.3.1.3"
  ],
  [
    "text between elements",
    wrong("</merchantOrderReference>", "</merchantOrderReference>stray"),
    "createRequest",
    "cvc-complex-type.2.3"
  ],
  [
    "text in an empty element",
    wrong(`<language code="nl"/>`, `<language code="nl">nl</language>`),
    "createRequest/shopper/language",
    "cvc-complex-type.2.1"
  ],
  [
    "an attribute on plain text",
    wrong("<gender>", `<gender kind="x">`),
    "createRequest/shopper/gender/@kind",
    "cvc-type.3.1.1"
  ],
  ["an element in plain text", wrong(">U<", "><U/><"), "createRequest/shopper/gender", "cvc-type.3.1.2"],
  [
    "a receipt text of 51",
    Body.create({ more: `<receiptText>${"x".repeat(51)}</receiptText>` }),
    "createRequest/receiptText",
    "cvc-type.3.1.3"
  ],
  ["an empty description", Body.create({ more: "<description/>" }), "createRequest/description", "cvc-type.3.1.3"],
  [
    "receipt text before description",
    Body.create({ more: "<receiptText>a</receiptText><description>b</description>" }),
    "createRequest/description",
    "cvc-complex-type.2.4.a"
  ],
  [
    "an invoice with shipTo only",
    Body.create({ more: "<invoice><shipTo/></invoice>" }),
    "createRequest/invoice/shipTo",
    "cvc-complex-type.2.4.a"
  ],
  [
    "a wrong second item",
    Body.create({ more: Body.invoice.replace(`number="2"`, `number="two"`) }),
    "createRequest/invoice/item[2]/@number",
    "cvc-attribute.3"
  ],
  [
    "sales person before integration info",
    Body.create({
      more: `<salesPerson><name><first>S</first><last>P</last></name></salesPerson>${Body.integrationInfo}`
    }),
    "createRequest/integrationInfo",
    "cvc-complex-type.2.4.d"
  ],
  [
    "a password of 36",
    Body.create({ merchant: `<merchant name="a" password="${"x".repeat(36)}"/>` }),
    "createRequest/merchant/@password",
    "cvc-attribute.3: The value '***'"
  ],
  [
    "iDEAL without input",
    Body.start("<payment><paymentMethod>IDEAL</paymentMethod></payment>"),
    "startRequest/payment",
    "cvc-complex-type.2.4.b"
  ],
  [
    "an amount after the payment",
    Body.start(`${Body.startIdeal}${Body.amount("paymentAmount", 5)}`),
    "startRequest/paymentAmount",
    "cvc-complex-type.2.4.a"
  ],
  [
    "payment and token",
    Body.start(`${Body.startIdeal}<token key="a"/>`),
    "startRequest/token",
    "cvc-complex-type.2.4.a"
  ],
  ["neither payment nor token", Body.start(""), "startRequest", "cvc-complex-type.2.4.b"],
  [
    "a card number with spaces",
    Body.start(
      `<payment><paymentMethod>VISA</paymentMethod><visaPaymentInput><cardHolderName>T</cardHolderName><cardNumber>4111 1111</cardNumber></visaPaymentInput></payment>`
    ),
    "startRequest/payment/visaPaymentInput/cardNumber",
    "cvc-type.3.1.3"
  ],
  [
    "IBAN before BIC",
    Body.start(
      `<payment><paymentMethod>X</paymentMethod><directDebitPaymentInput><iban>NL00SIMU0000000001</iban><bic>SIMUNL00</bic></directDebitPaymentInput></payment>`
    ),
    "startRequest/payment/directDebitPaymentInput/bic",
    "cvc-complex-type.2.4.d"
  ],
  [
    "an IBAN with spaces",
    Body.start(Body.startDebit.replace("NL00SIMU0000000001", "NL00 SIMU 0000 0000 01")),
    "startRequest/payment/directDebitPaymentInput/iban",
    "cvc-type.3.1.3"
  ],
  ["payment id 0", Body.onPayment("captureRequest", "0"), "captureRequest/paymentId", "cvc-type.3.1.3"],
  [
    "an amount before the reference",
    Body.onPayment(
      "captureRequest",
      "49",
      `${Body.amount("amount", 1)}<merchantCaptureReference>r</merchantCaptureReference>`
    ),
    "captureRequest/merchantCaptureReference",
    "cvc-complex-type.2.4.a"
  ],
  [
    "a capture date with a time",
    Body.onPayment("captureRequest", "49", "<requiredCaptureDate>2026-02-01T00:00:00</requiredCaptureDate>"),
    "captureRequest/requiredCaptureDate",
    "cvc-type.3.1.3"
  ],
  [
    "the 30th of February",
    Body.onPayment("captureRequest", "49", "<requiredCaptureDate>2026-02-30</requiredCaptureDate>"),
    "captureRequest/requiredCaptureDate",
    "cvc-type.3.1.3"
  ],
  [
    "amount and items",
    Body.onPayment("refundRequest", "49", `${Body.amount("amount", 1)}<refundItems/>`),
    "refundRequest/refundItems",
    "cvc-complex-type.2.4.a"
  ],
  [
    "a small key",
    Body.byKey("statusRequest", Body.key.toLowerCase()),
    "statusRequest/paymentOrderKey",
    "cvc-type.3.1.3"
  ],
  ["a key of 31", Body.byKey("statusRequest", Body.key.slice(1)), "statusRequest/paymentOrderKey", "cvc-type.3.1.3"],
  [
    "two results of one proceed",
    Body.onPayment("proceedRequest", "49", "<iDealAuthorizationResult/><iDealAuthorizationResult/>"),
    "proceedRequest/iDealAuthorizationResult",
    "cvc-complex-type.2.4.a"
  ],
  ["a document type", `<!DOCTYPE x>${Body.byKey("statusRequest")}`, "", "A document type is not allowed"],
  ["crossed tags", "<a><b></a></b>", "", "Expected closing tag"],
  ["an undeclared entity", wrong("ref-1", "&paid;"), "", "was referenced, but not declared"],
  ["a forbidden character", wrong("ref-1", "ref\u0001"), "", "does not allow"],
  ["two roots", `${Body.byKey("statusRequest")}${Body.byKey("statusRequest")}`, "", "Multiple possible root nodes"],
  ["nothing", "", "", "Start tag expected"],
  ["a doubled attribute", `<a b="1" b="2"/>`, "", "has an attribute twice"],
  ["a message that is cut off", Body.byKey("statusRequest").slice(0, -5), "", "not well-formed"],
  ["an element that is not closed", "<a><b></b>", "", `"a" is not closed`],
  ["text behind the root", `${Body.byKey("statusRequest")}x`, "", "Text stands outside the root"],
  ["a reference to half a character", wrong("ref-1", "&#xD800;"), "", "was referenced, but not declared"],
  ["elements too deep", `${"<a>".repeat(41)}${"</a>".repeat(41)}`, "", "nested deeper than 40"],
  ["too many elements", `<a>${"<b/>".repeat(50_001)}</a>`, "", "more than 50000 elements"]
]

describe("the contract accepts", () => {
  it.each(accepted)("%s", (_, body) => {
    expect(checkRequest(body)).toBeUndefined()
  })
})

describe("the contract refuses", () => {
  it.each(refused)("%s", (_, body, path, rule) => {
    const violation = checkRequest(body)
    expect(violation?.path).toBe(path)
    expect(violation?.message).toContain(rule)
  })
})

describe("the printed schema in the hands of libxml2", () => {
  const validator = XsdValidator.fromDoc(XmlDocument.fromString(printSchema()))
  const isValid = (xml: string): boolean => {
    try {
      using document = XmlDocument.fromString(xml)
      validator.validate(document)
      return true
    } catch {
      return false
    }
  }

  it.each(accepted.filter(([name]) => name !== "an envelope"))("accepts %s", (_, body) => {
    expect(isValid(body)).toBe(true)
  })

  it.each(refused.filter(([name]) => name !== "a document type").map(([name, body]) => [name, body] as const))(
    "refuses %s",
    (_, body) => {
      expect(isValid(body)).toBe(false)
    }
  )
})
