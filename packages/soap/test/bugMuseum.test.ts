/**
 * Public defects of payment integrations that came from reading XML, each against a plain use of the parser, which
 * has it, and against ours.
 */
import { XMLParser } from "fast-xml-parser"
import { describe, expect, it } from "vitest"
import { readStatusReply } from "../src/index.ts"
import { bytesOf, payment, refusalOf, statusReply, valueOf } from "./replies.ts"

const naive = new XMLParser({ ignoreAttributes: false })
const naiveReport = (document: string) => naive.parse(document).statusResponse.statusSuccess.report

const reportOf = (document: string) => {
  const answer = valueOf(readStatusReply(bytesOf(document)))
  if (answer._tag !== "Success") throw new Error(answer._tag)
  return answer.value
}

describe("numbers that are no numbers", () => {
  it.each([["007000000001", 7000000001], ["1e5", 100000], ["0x1F", 31], ["1.10", 1.1]])("an id of %s", (id, read) => {
    expect(naiveReport(statusReply(payment(id))).payment.id).toBe(read)
    expect(reportOf(statusReply(payment(id))).payments[0]?.id).toBe(id)
  })

  it.each([["1e5", 100000], ["0x1F", 31], ["1.10", 1.1]])("a total of %s", (total, read) => {
    const document = statusReply(`<approximateTotals><totalCaptured>${total}</totalCaptured></approximateTotals>`)
    expect(naiveReport(document).approximateTotals.totalCaptured).toBe(read)
    expect(refusalOf(readStatusReply(bytesOf(document))).reason).toBe("not-an-integer")
  })
})

describe("one of many", () => {
  it("is a list of one", () => {
    const one = statusReply(payment("1"))
    expect(Array.isArray(naiveReport(one).payment)).toBe(false)
    expect(reportOf(one).payments).toHaveLength(1)
  })

  it("none is an empty list", () => {
    expect(naiveReport(statusReply("<x/>")).payment).toBeUndefined()
    expect(reportOf(statusReply("<x/>")).payments).toEqual([])
  })

  it("a zero is there", () => {
    const report = reportOf(statusReply("<approximateTotals><totalRegistered>0</totalRegistered></approximateTotals>"))
    expect(report.totals).toEqual({ registered: 0 })
  })
})

describe("text that is not what was sent", () => {
  const amountOf = (amount: string) =>
    statusReply(payment("1", `<status>NEW</status><amount currency="EUR">${amount}</amount>`))
  const naiveAmount = (document: string) => naiveReport(document).payment.authorization.amount["#text"]

  it("an entity put over an amount", () => {
    const document = `<!DOCTYPE x [<!ENTITY paid "2420">]>${amountOf("&paid;")}`
    expect(naiveAmount(document)).toBe(2420)
    expect(refusalOf(readStatusReply(bytesOf(document))).reason).toBe("doctype")
  })

  it("an entity of XML itself redefined", () => {
    const document = `<!DOCTYPE x [<!ENTITY amp "2420">]>${amountOf("&amp;")}`
    expect(refusalOf(readStatusReply(bytesOf(document))).reason).toBe("doctype")
  })

  it("numeric references, decoded exactly once and never left as they are", () => {
    const document = statusReply(
      payment("1", `<status>&#78;&#x45;W &amp;#65;</status><amount currency="EUR">1</amount>`)
    )
    expect(naiveReport(document).payment.authorization.status).toBe("&#78;&#x45;W &#65;")
    expect(reportOf(document).payments[0]?.authorization.status).toBe("NEW &#65;")
  })

  it("an amount glued from pieces", () => {
    const document = amountOf("1<x/>0")
    expect(naiveAmount(document)).toBe("10")
    expect(refusalOf(readStatusReply(bytesOf(document))).reason).toBe("mixed-content")
  })

  it("a total under the wrong end tag", () => {
    const document = statusReply("<approximateTotals><totalCaptured>100</totalCapture></approximateTotals>")
    expect(naiveReport(document).approximateTotals.totalCaptured).toBe(100)
    expect(refusalOf(readStatusReply(bytesOf(document))).reason).toBe("mismatched-tag")
  })

  it("a currency given twice", () => {
    const document = amountOf("1").replace(`currency="EUR"`, `currency="EUR" currency="USD"`)
    expect(naiveReport(document).payment.authorization.amount["@_currency"]).toBe("USD")
    expect(refusalOf(readStatusReply(bytesOf(document))).reason).toBe("duplicate-attribute")
  })

  it("another vocabulary's element taken for ours when prefixes are stripped", () => {
    const document = statusReply(
      `<approximateTotals xmlns:f="urn:f"><totalCaptured>1</totalCaptured><f:totalCaptured>999</f:totalCaptured></approximateTotals>`
    )
    const stripping = new XMLParser({ removeNSPrefix: true })
    expect(stripping.parse(document).statusResponse.statusSuccess.report.approximateTotals.totalCaptured).toEqual([
      1,
      999
    ])
    expect(reportOf(document).totals.captured).toBe(1)
  })
})
