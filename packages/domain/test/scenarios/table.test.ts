import { describe, expect, it } from "vitest"
import { readScenario, scenarioColumns } from "./Scenario.ts"
import { readTables } from "./table.ts"
import { textIn } from "./words.ts"

const given = `given order EUR 100.00
given age 2h
given before new
given stored -
given lines -
given totals -
given intent -
given policy -
`

const read = (text: string) => readTables("some.txt", given + text, scenarioColumns).map(readScenario)

describe("a table of scenarios", () => {
  it("gives each row the cells of its own columns and the defaults above it", () => {
    const [first, second] = read("== A\n| lines | age |\n| - | 1d |\n\n== B\ngiven age 3h\n| lines |\n| - |")
    expect([first!.row.title, first!.question.nowMs - first!.question.order.createdAtMs]).toEqual(["A", 86_400_000])
    expect([second!.row.title, second!.question.nowMs - second!.question.order.createdAtMs]).toEqual(["B", 10_800_000])
  })

  it("reads a payment from left to right", () => {
    const [{ question }] = read(
      "| lines |\n| #12 VISA AUTHORIZED USD 9.00 approved captured 1.00 capture NEW 2.00 refunded 0.50 refund NEW 0.10 " +
        "chargedback 0.20 chargeback OPEN 0.30 reversed 0.40 |"
    ) as [ReturnType<typeof readScenario>]
    const usd = (minor: number) => ({ minor, currency: "USD" })
    expect(question.report.payments).toEqual([{
      id: "12",
      paymentMethod: "VISA",
      authorization: {
        status: "AUTHORIZED",
        amount: usd(900),
        confidenceLevel: "ACQUIRER_APPROVED",
        captures: [{ status: "CAPTURED", amount: usd(100) }, { status: "NEW", amount: usd(200) }],
        refunds: [{ status: "CAPTURED", amount: usd(50) }, { status: "NEW", amount: usd(10) }],
        chargebacks: [{ status: "CHARGED", amount: usd(20) }, { status: "OPEN", amount: usd(30) }],
        reversal: { amount: usd(40) }
      }
    }])
  })

  it.each([
    ["an unknown column", "| lines | colour |", "no column is called \"colour\""],
    ["a row with a cell too few", "| lines | age |\n| - |", "2 cells expected"],
    ["a line that is no row", "lines: none", "neither a row, nor a heading, nor given"],
    ["a default for no column", "given colour red", "given what?"],
    ["an amount without its decimals", "| lines |\n| VISA NEW 100 |", "\"100\" is no amount in EUR"],
    ["a payment that ends too early", "| lines |\n| VISA NEW |", "\"VISA NEW\" ends too early"],
    ["a word that no payment has", "| lines |\n| VISA NEW 1.00 blue |", "a payment has no \"blue\""],
    ["a total that does not exist", "| totals |\n| X 1.00 |", "no total is called \"X\""],
    ["a status that does not exist", "| before |\n| payed |", "\"payed\" is no status"],
    ["something that no order keeps", "| before |\n| paid often |", "an order keeps no \"often\""],
    ["an age without a unit", "| age |\n| 21 |", "\"21\" is no age"],
    [
      "a stored payment without amounts",
      "| stored |\n| #1 VISA NEW \"\" |",
      "\"#1 VISA NEW \"\"\" is no stored payment"
    ],
    ["an intent nobody can have", "| intent |\n| refund |", "nobody can want \"refund\""],
    ["a policy that covers nothing", "| policy |\n| paid never |", "\"never\" covers nothing"],
    ["a policy without a name", "| policy |\n| later approved |", "no policy is called \"later\""]
  ])("refuses %s, with its place", (_, text, message) => {
    const line = 8 + text.split("\n").length
    expect(() => read(text)).toThrow(`some.txt:${line}: ${message}`)
  })

  it("writes amounts with the decimals of their currency", () => {
    expect([textIn("EUR", 5), textIn("EUR", -12345), textIn("JPY", 500), textIn("BHD", 1)])
      .toEqual(["0.05", "-123.45", "500", "0.001"])
  })
})
