import { describe, expect, it } from "vitest"
import { errorReply, statusReply } from "../src/explain/demo/replyXml.ts"
import { docdata, fileWith } from "./support/run.ts"

const paid = statusReply({ registered: 4995, approved: 4995, captured: 4995 }, [{
  id: 71,
  method: "IDEAL",
  status: "AUTHORIZED",
  confidence: "ACQUIRER_APPROVED",
  amount: 4995,
  captures: [["CAPTURED", 4995]]
}])

const debit = statusReply({ registered: 2450, acquirerPending: 2450 }, [{
  id: 72,
  method: "SEPA_DIRECT_DEBIT",
  status: "AUTHORIZED",
  confidence: "ACQUIRER_PENDING",
  amount: 2450,
  captures: [["NEW", 2450]]
}])

const order = (fields: object): string =>
  fileWith(JSON.stringify({ status: "new", created: "2026-02-03T08:00:00Z", currency: "EUR", ...fields }), "order.json")

const now = ["--now", "2026-02-03T09:00:00Z"]

describe("docdata explain", () => {
  it("tells status, reason, money, payments and findings of a report", () => {
    const { exit, stderr, stdout } = docdata(["explain", fileWith(paid), "--order", order({ gross: "49.95" }), ...now])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    expect(stdout).toMatchInlineSnapshot(`
      "The order is paid. Covered, and nothing was returned, or no more than the
      surplus.

        status      paid
        fulfilment  ship: the goods may leave (49.95 of 49.95 EUR covered)
        rule        paid-in-full (strict rules, paid when captured)
        because     registered 49.95 EUR is more than nothing
        and         covered 49.95 EUR is at least registered 49.95 EUR

      Money in EUR
        registered    49.95  ================================
        pending        0.00
        approved      49.95  ################################
        captured      49.95  ################################
        refunded       0.00
        charged back   0.00
        reversed       0.00
        net           49.95  ################################

      Payments, oldest first
        71  IDEAL  49.95 EUR
          AUTHORIZED, ACQUIRER_APPROVED
          capture  CAPTURED  49.95 EUR

      Findings
        none

      What would change the answer
        unknown (wrong-currency), if
          - the totals are in a currency that the order does not have
        unknown (registered-below-gross), if
          - the registered amount is below what the order costs
      "
    `)
  })

  it("fits into 80 columns and uses no colour when it is piped", () => {
    const { stdout } = docdata(["explain", fileWith(debit)])
    expect(stdout.split("\n").filter(({ length }) => length > 80)).toEqual([])
    expect(stdout).not.toContain("\u001b")
  })

  it("reads standard input, with an envelope or without", () => {
    const bare = /<statusResponse[\s\S]*<\/statusResponse>/.exec(paid)![0]
    expect(docdata(["explain", "-"], paid).stdout).toContain("The order is paid.")
    expect(docdata(["explain", "-"], bare).stdout).toContain("The order is paid.")
  })

  it("without --order never calls a registered amount of 0 paid", () => {
    const nothing = statusReply({ registered: 0 }, [{
      id: 1,
      method: "IDEAL",
      status: "AUTHORIZED",
      confidence: "ACQUIRER_APPROVED",
      amount: 0,
      captures: [["CAPTURED", 0]]
    }])
    expect(JSON.parse(docdata(["explain", "--json", "-"], nothing).stdout).decision.status).toBe("pending")
    const given = docdata(["explain", "--json", "-", "--order", order({ gross: "0.00" }), ...now], nothing)
    expect(JSON.parse(given.stdout).decision.rule).toBe("zero-order-paid")
  })

  it("follows --paid-when and --rules", () => {
    const decided = (...flags: ReadonlyArray<string>): object => {
      const { decision } = JSON.parse(docdata(["explain", "--json", "-", ...flags], debit).stdout)
      return { status: decision.status, rule: decision.rule }
    }
    expect(decided()).toEqual({ status: "pending", rule: "money-may-be-held" })
    expect(decided("--paid-when", "promised")).toEqual({ status: "paid", rule: "paid-in-full" })
    expect(decided("--rules", "legacy-2016")).toEqual({ status: "pending", rule: "legacy-word-pending" })
    const { exit, stderr } = docdata(["explain", "-", "--rules", "legacy-2013", "--paid-when", "approved"], debit)
    expect(exit).toBe(2)
    expect(stderr).toContain("--paid-when means nothing to legacy-2013")
  })

  it("judges as of --now: an unfinished order expires", () => {
    const unfinished = statusReply({ registered: 2450 }, [])
    const at = (instant: string): string =>
      JSON.parse(docdata(["explain", "--json", "-", "--order", order({}), "--now", instant], unfinished).stdout)
        .decision
        .status
    expect(at("2026-02-04T08:00:00Z")).toBe("new")
    expect(at("2026-03-04T09:00:00+01:00")).toBe("expired")
  })

  it("compares the registered amount with the order's, in the decimals of its currency", () => {
    const { exit, stdout } = docdata(["explain", "-", "--order", order({ gross: "50" }), ...now], paid)
    expect(exit).toBe(0)
    expect(stdout).toContain("The order is in an unknown state.")
    expect(stdout).toContain("because     registered 49.95 EUR is less than the order's amount 50.00 EUR")
    expect(stdout).toContain("error    registered-below-gross")
  })

  it("ends with 3 on an error reply and on a SOAP fault, in one line or as an object", () => {
    const refused = errorReply("REQUEST_DATA_INCORRECT", "Order could not be found with the given key.")
    const fault = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault>` +
      `<faultcode>S:Server</faultcode><faultstring>Out of order</faultstring></S:Fault></S:Body></S:Envelope>`
    expect(docdata(["explain", "-"], refused)).toEqual({
      exit: 3,
      stdout: "",
      stderr: "docdata: (stdin): error reply REQUEST_DATA_INCORRECT: Order could not be found with the given key.\n"
    })
    expect(docdata(["explain", "-"], fault)).toEqual({
      exit: 3,
      stdout: "",
      stderr: "docdata: (stdin): SOAP fault S:Server: Out of order\n"
    })
    expect(docdata(["explain", "-", "--json"], fault)).toEqual({
      exit: 3,
      stdout: "{\"kind\":\"soap-fault\",\"faultcode\":\"S:Server\",\"faultstring\":\"Out of order\"}\n",
      stderr: ""
    })
  })

  it("shows nothing of the extended report and no free text", () => {
    const name = "Invented Holder"
    const extended = paid
      .replaceAll("statusResponse", "extendedStatusResponse")
      .replace(
        "</authorization>",
        `</authorization><extended><iDealPaymentInfo><holderName>${name}</holderName></iDealPaymentInfo></extended>`
      )
      .replace("</capture>", `<reason>${name}</reason></capture>`)
    for (const flags of [[], ["--json"]]) {
      const { exit, stdout } = docdata(["explain", "-", ...flags], extended)
      expect(exit).toBe(0)
      expect(stdout).not.toContain(name)
    }
  })

  it("never lets words of a report steer the terminal", () => {
    const hostile = paid.replace("<paymentMethod>IDEAL", "<paymentMethod>IDEAL\u009b2J\u202e")
    const { exit, stdout } = docdata(["explain", "-"], hostile)
    expect(exit).toBe(0)
    expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/)
  })
})
