import { describe, expect, it } from "vitest"
import { type FieldReason, readStatusReply } from "../src/index.ts"
import { bytesOf, namespace1_3, payment, refusalOf, reply, statusReply, valueOf } from "./replies.ts"

const read = (document: string) => readStatusReply(bytesOf(document))
const reportOf = (document: string) => {
  const answer = valueOf(read(document))
  if (answer._tag !== "Success") throw new Error(answer._tag)
  return answer.value
}
const authorizationOf = (authorization: string) =>
  reportOf(statusReply(payment("1", authorization))).payments[0]!.authorization

const base = `<status>AUTHORIZED</status><amount currency="EUR">100</amount>`

describe("whole replies", () => {
  it("1.3, paid with iDEAL", () => {
    expect(valueOf(readStatusReply(reply("status-1.3-paid")))).toEqual({
      _tag: "Success",
      apiVersion: "1.3",
      ddpXsdVersion: "1.3.15",
      value: {
        totals: {
          exchangedTo: "EUR",
          exchangeRateDate: "2026-03-02 09:15:00",
          registered: 2420,
          shopperPending: 0,
          acquirerPending: 0,
          acquirerApproved: 2420,
          captured: 2420,
          refunded: 0,
          chargedBack: 0,
          reversed: 0
        },
        payments: [{
          id: "7000000001",
          paymentMethod: "IDEAL",
          authorization: {
            status: "AUTHORIZED",
            amount: { minor: 2420, currency: "EUR" },
            confidenceLevel: "ACQUIRER_APPROVED",
            captures: [{
              status: "CAPTURED",
              amount: { minor: 2420, currency: "EUR" },
              modifiedAt: "2026-03-02T09:14:31.005+01:00"
            }],
            refunds: [],
            chargebacks: []
          }
        }],
        consideredSafe: { value: true, level: "SAFE", date: "2026-03-02T09:14:31.200+01:00", reason: "EXACT_MATCH" },
        apiInformation: { originalVersion: "Order API 1.3", conversionApplied: false }
      }
    })
  })

  it("1.0 as a bare body: totals that are missing stay missing, a blank confidence level passes", () => {
    expect(valueOf(readStatusReply(reply("status-1.0-bare-cancelled")))).toEqual({
      _tag: "Success",
      apiVersion: "1.0",
      value: {
        totals: {
          exchangedTo: "EUR",
          exchangeRateDate: "02-03-2012 12:00:00",
          registered: 1500,
          shopperPending: 0,
          acquirerPending: 0,
          acquirerApproved: 0,
          captured: 0,
          refunded: 0
        },
        payments: [{
          id: "100200300",
          paymentMethod: "DIRECT_DEBIT",
          authorization: {
            status: "CANCELED",
            amount: { minor: 1500, currency: "EUR" },
            confidenceLevel: " ",
            captures: [],
            refunds: [],
            chargebacks: []
          }
        }]
      }
    })
  })

  it("1.2 with two attempts, in the order of the reply", () => {
    const answer = valueOf(readStatusReply(reply("status-1.2-two-attempts")))
    expect(answer).toMatchObject({
      _tag: "Success",
      apiVersion: "1.2",
      value: {
        payments: [
          { id: "2200000002", authorization: { status: "CANCELED", confidenceLevel: "", captures: [] } },
          { id: "2200000001", authorization: { status: "AUTHORIZED", captures: [{ status: "CAPTURED" }] } }
        ]
      }
    })
    expect(answer).not.toHaveProperty("ddpXsdVersion")
  })

  it("another SOAP stack's way to write it: prefixes, comments, a section, hardly any white space", () => {
    expect(valueOf(readStatusReply(reply("status-1.3-prefixed")))).toEqual({
      _tag: "Success",
      apiVersion: "1.3",
      ddpXsdVersion: "1.3.14",
      value: {
        totals: { exchangedTo: "EUR", registered: 100, captured: 0 },
        payments: [{
          id: "42",
          paymentMethod: "VISA",
          authorization: {
            status: "NEW",
            amount: { minor: 100, currency: "EUR" },
            confidenceLevel: "",
            captures: [],
            refunds: [],
            chargebacks: []
          }
        }]
      }
    })
  })

  it("every kind of modification", () => {
    const amount = (minor: number) => ({ minor, currency: "EUR" })
    expect(valueOf(readStatusReply(reply("status-1.3-every-modification")))).toMatchObject({
      value: {
        payments: [{
          authorization: {
            status: "AUTHORIZED",
            reason: "Accepted",
            captures: [
              { merchantReference: "parcel-1", status: "CAPTURED", amount: amount(6000) },
              { status: "CAPTURED", amount: amount(3000), reason: "Second parcel & last" }
            ],
            refunds: [
              { merchantReference: "r-1", status: "CAPTURED", amount: amount(500) },
              { status: "STARTED", amount: amount(1000), reason: "Returned" }
            ],
            chargebacks: [{
              chargebackId: "501",
              status: "CHARGED",
              amount: amount(2000),
              reason: "MD06 Refund request by end customer",
              enquiryReason: "Not recognised"
            }],
            reversal: { amount: amount(1000), reason: "Cancel request through order api" }
          }
        }],
        consideredSafe: { value: false, level: "SAFEST" },
        apiInformation: { originalVersion: "Command API", conversionApplied: false }
      }
    })
  })

  it("what newer servers add is ignored, new words pass", () => {
    expect(valueOf(readStatusReply(reply("status-1.3-extensible")))).toEqual({
      _tag: "Success",
      apiVersion: "1.3",
      ddpXsdVersion: "1.3.99",
      value: {
        totals: { exchangedTo: "EUR", exchangeRateDate: "2026-03-02 09:15:00", registered: 100, captured: 0 },
        payments: [{
          id: "7000000020",
          paymentMethod: "BRAND_NEW_METHOD",
          authorization: {
            status: "BRAND_NEW_STATUS",
            amount: { minor: 100, currency: "EUR" },
            confidenceLevel: "BRAND_NEW_CONFIDENCE",
            captures: [{ status: "BRAND_NEW_CAPTURE", amount: { minor: 100, currency: "EUR" } }],
            refunds: [],
            chargebacks: []
          }
        }]
      }
    })
  })

  it("1.1 has its own namespace", () => {
    expect(valueOf(read(statusReply("").replace("1_3/", "1_1/")))).toMatchObject({ apiVersion: "1.1" })
  })
})

describe("one, many or none", () => {
  it("no payment, and not even totals", () => {
    expect(reportOf(statusReply(""))).toEqual({ totals: {}, payments: [] })
  })

  it("one payment is a list of one", () => {
    expect(reportOf(statusReply(payment("1"))).payments.map(({ id }) => id)).toEqual(["1"])
  })

  it("payments keep their order between other elements", () => {
    const report = reportOf(statusReply(`${payment("2")}<approximateTotals/>${payment("1")}<x/>${payment("3")}`))
    expect(report.payments.map(({ id }) => id)).toEqual(["2", "1", "3"])
  })

  it("captures, refunds and chargebacks are lists with none, one or many", () => {
    const modification = (name: string, minor: number) =>
      `<${name}><status>NEW</status><amount currency="EUR">${minor}</amount></${name}>`
    for (const count of [0, 1, 2, 5]) {
      const minors = Array.from({ length: count }, (_, index) => index)
      const all = ["capture", "refund", "chargeback"].map((name) =>
        minors.map((minor) => modification(name, minor)).join("")
      )
      const { captures, refunds, chargebacks } = authorizationOf(base + all.join(""))
      for (const list of [captures, refunds, chargebacks]) {
        expect(list.map(({ amount }) => amount.minor)).toEqual(minors)
      }
    }
  })

  it("an amount of zero is an amount", () => {
    expect(authorizationOf(`<status>NEW</status><amount currency="EUR">0</amount>`).amount).toEqual({
      minor: 0,
      currency: "EUR"
    })
  })

  it("2,000 payments with everything the schema knows are within the limits", () => {
    const indented = (depth: number, tags: ReadonlyArray<string>) =>
      tags.map((tag) => `${"  ".repeat(depth)}${tag}\n`).join("")
    const common = (
      minor: number
    ) => [
      "<status>CAPTURED</status>",
      `<amount currency="EUR">${minor}</amount>`,
      "<reason>A reason in a few words</reason>"
    ]
    const modified = "<modifiedDate>2026-03-02T09:14:31.005+01:00</modifiedDate>"
    const one = (id: number) =>
      indented(5, ["<payment>"]) +
      indented(6, [`<id>${id}</id>`, "<paymentMethod>SEPA_DIRECT_DEBIT</paymentMethod>", "<authorization>"]) +
      indented(7, [...common(100), "<confidenceLevel>ACQUIRER_APPROVED</confidenceLevel>"]) +
      indented(7, ["<capture>"]) +
      indented(8, ["<merchantCaptureId>capture-1</merchantCaptureId>", ...common(60), modified]) +
      indented(7, ["</capture>", "<refund>"]) +
      indented(8, ["<merchantRefundId>refund-1</merchantRefundId>", ...common(10), modified]) +
      indented(7, ["</refund>", "<chargeback>"]) +
      indented(8, [
        "<chargebackId>501</chargebackId>",
        ...common(20),
        "<enquiryReason>Not recognised</enquiryReason>",
        modified
      ]) +
      indented(7, ["</chargeback>", "<reversal>"]) +
      indented(8, common(40).slice(1)) +
      indented(7, ["</reversal>"]) +
      indented(6, ["</authorization>"]) +
      indented(5, ["</payment>"])
    const bytes = bytesOf(
      statusReply(`\n${Array.from({ length: 2_000 }, (_, index) => one(7_000_000_000 + index)).join("")}`)
    )
    const answer = valueOf(readStatusReply(bytes))
    expect(answer._tag === "Success" && answer.value.payments.length).toBe(2_000)
    expect(bytes.length).toBeGreaterThan(3_000_000)
  })
})

describe("amounts", () => {
  const amountOf = (text: string) =>
    authorizationOf(`<status>NEW</status><amount currency="EUR">${text}</amount>`).amount.minor

  it.each([
    ["0", 0],
    ["0012", 12],
    ["-5", -5],
    ["2147483647", 2147483647],
    ["-2147483648", -2147483648],
    [" 7 ", 7],
    ["\n\t7\r\n", 7],
    ["&#49;0", 10],
    ["<![CDATA[10]]>", 10]
  ])("%j is %d", (text, minor) => {
    expect(amountOf(text)).toBe(minor)
  })

  it("minus nothing is an ordinary zero", () => {
    expect(Object.is(amountOf("-0"), 0)).toBe(true)
  })

  it.each([
    "",
    " ",
    "1.10",
    "1,10",
    "1e5",
    "0x1F",
    "+5",
    "- 5",
    "5-",
    "1 0",
    "١٢",
    "NaN",
    "Infinity",
    "12345678901",
    "1_000",
    "\u00a05"
  ])(
    "%j is no amount",
    (text) => {
      const document = statusReply(payment("1", `<status>NEW</status><amount currency="EUR">${text}</amount>`))
      expect(refusalOf(read(document)).reason).toBe("not-an-integer")
    }
  )

  it.each(["2147483648", "-2147483649", "9999999999"])("%s does not fit into 32 bits", (text) => {
    const document = statusReply(`<approximateTotals><totalCaptured>${text}</totalCaptured></approximateTotals>`)
    expect(refusalOf(read(document)).reason).toBe("integer-out-of-range")
  })

  it.each(["", "eur", "EURO", "EU", "E1R", "EUR ", "ÉUR"])("%j is no currency", (currency) => {
    const document = statusReply(payment("1", `<status>NEW</status><amount currency="${currency}">1</amount>`))
    expect(refusalOf(read(document)).reason).toBe("not-a-currency")
  })
})

describe("payment ids", () => {
  it.each([
    ["a number of any length", "123456789012345678901234567890", "123456789012345678901234567890"],
    ["leading zeros", "0012", "0012"],
    ["white space around it", "\n 12 \n", "12"],
    ["a minus", "-1", "-1"],
    ["no number", "abc", "abc"],
    ["nothing", "", ""]
  ])("%s is handed on as text", (_what, text, id) => {
    expect(reportOf(statusReply(payment(text))).payments[0]?.id).toBe(id)
  })
})

describe("words", () => {
  it("are text as sent, white space included", () => {
    expect(authorizationOf(base.replace("AUTHORIZED", " AUTHORIZED\n")).status).toBe(" AUTHORIZED\n")
  })

  it.each([
    ["missing", "", ""],
    ["empty", "<confidenceLevel/>", ""],
    ["blank", "<confidenceLevel>  </confidenceLevel>", "  "]
  ])("a confidence level that is %s", (_what, element, confidenceLevel) => {
    expect(authorizationOf(base + element).confidenceLevel).toBe(confidenceLevel)
  })

  it.each([["true", true], ["1", true], [" true ", true], ["false", false], ["0", false]])(
    "the boolean %j is %s",
    (text, value) => {
      const report = reportOf(statusReply(
        `<consideredSafe><value>${text}</value></consideredSafe><apiInformation conversionApplied="${text}"/>`
      ))
      expect(report.consideredSafe).toEqual({ value, level: "" })
      expect(report.apiInformation).toEqual({ originalVersion: "", conversionApplied: value })
    }
  )
})

describe("what the schema promises and the reply does not keep", () => {
  const root = "statusResponse/statusSuccess/report"
  const modification = (content: string) => payment("1", `${base}<capture>${content}</capture>`)

  it.each<[what: string, report: string, reason: FieldReason, path: string]>([
    ["a payment without an id", "<payment/>", "missing-element", `${root}/payment/id`],
    ["a payment without a method", "<payment><id>1</id></payment>", "missing-element", `${root}/payment/paymentMethod`],
    [
      "a second payment without an authorization",
      `${payment("1")}<payment><id>2</id><paymentMethod>X</paymentMethod></payment>`,
      "missing-element",
      `${root}/payment[2]/authorization`
    ],
    [
      "two authorizations",
      payment("1").replace("<authorization>", "<authorization/><authorization>"),
      "repeated-element",
      `${root}/payment/authorization[2]`
    ],
    [
      "two statuses",
      payment("1", `${base}<status>PAID</status>`),
      "repeated-element",
      `${root}/payment/authorization/status[2]`
    ],
    [
      "two amounts",
      payment("1", `${base}<amount currency="EUR">9</amount>`),
      "repeated-element",
      `${root}/payment/authorization/amount[2]`
    ],
    [
      "two reversals",
      payment("1", `${base}<reversal/><reversal/>`),
      "repeated-element",
      `${root}/payment/authorization/reversal[2]`
    ],
    [
      "a total given twice",
      "<approximateTotals><totalCaptured>1</totalCaptured><totalCaptured>2</totalCaptured></approximateTotals>",
      "repeated-element",
      `${root}/approximateTotals/totalCaptured[2]`
    ],
    [
      "totals given twice",
      "<approximateTotals/><approximateTotals/>",
      "repeated-element",
      `${root}/approximateTotals[2]`
    ],
    [
      "a total that is no number",
      "<approximateTotals><totalCaptured>all</totalCaptured></approximateTotals>",
      "not-an-integer",
      `${root}/approximateTotals/totalCaptured`
    ],
    [
      "totals in no currency",
      `<approximateTotals exchangedTo="euro"/>`,
      "not-a-currency",
      `${root}/approximateTotals/@exchangedTo`
    ],
    [
      "an amount without a currency",
      payment("1", "<status>NEW</status><amount>1</amount>"),
      "missing-attribute",
      `${root}/payment/authorization/amount/@currency`
    ],
    [
      "an amount with elements in it",
      payment("1", `<status>NEW</status><amount currency="EUR"><x/></amount>`),
      "not-text",
      `${root}/payment/authorization/amount`
    ],
    [
      "a status with elements in it",
      payment("1", `<status><x/></status><amount currency="EUR">1</amount>`),
      "not-text",
      `${root}/payment/authorization/status`
    ],
    ["a capture without a status", modification(""), "missing-element", `${root}/payment/authorization/capture/status`],
    [
      "a capture without an amount",
      modification("<status>NEW</status>"),
      "missing-element",
      `${root}/payment/authorization/capture/amount`
    ],
    [
      "a reversal without an amount",
      payment("1", `${base}<reversal/>`),
      "missing-element",
      `${root}/payment/authorization/reversal/amount`
    ],
    ["a verdict without a value", "<consideredSafe/>", "missing-element", `${root}/consideredSafe/value`],
    [
      "a verdict that is neither",
      "<consideredSafe><value>maybe</value></consideredSafe>",
      "not-a-boolean",
      `${root}/consideredSafe/value`
    ],
    [
      "a conversion that is neither",
      `<apiInformation conversionApplied=""/>`,
      "not-a-boolean",
      `${root}/apiInformation/@conversionApplied`
    ]
  ])("%s", (_what, report, reason, path) => {
    const { reason: found, path: at } = refusalOf(read(statusReply(report)))
    expect({ reason: found, path: at }).toEqual({ reason, path })
  })

  it("a success without a report", () => {
    const empty = `<statusResponse xmlns="${namespace1_3}"><statusSuccess/></statusResponse>`
    expect(refusalOf(read(empty))).toMatchObject({
      reason: "missing-element",
      path: "statusResponse/statusSuccess/report"
    })
  })

  it("only the first problem is told, with its place", () => {
    const refused = refusalOf(read(statusReply(`\n<payment/>\n<payment/>`)))
    expect(refused).toMatchObject({ path: `${root}/payment[1]/id`, position: { line: 2, column: 1 } })
    expect(refused.message).toBe(`an element is missing: ${root}/payment[1]/id, line 2, column 1`)
  })
})
