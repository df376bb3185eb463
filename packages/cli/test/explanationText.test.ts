import { defaultPolicy, explain } from "@docdata/domain"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { situations } from "../src/explain/demo/situations.ts"
import { reportedPaymentsOf } from "../src/explain/ReportedPayment.ts"
import { explanationText, type TextOptions } from "../src/explain/explanationText.ts"
import { questionOf } from "../src/explain/questionOf.ts"
import { readReply } from "../src/explain/readReply.ts"

const textOf = (title: string, options: TextOptions): string => {
  const { reply } = situations.find((situation) => situation.title === title)!
  const read = Result.getOrThrow(readReply(new TextEncoder().encode(reply), title))
  if (read._tag !== "Success") throw new Error("not a report")
  const explanation = explain(questionOf(read.value, { nowMs: 0, requests: {} }))
  return explanationText(
    { explanation, reportedPayments: reportedPaymentsOf(read.value), policy: defaultPolicy, orderGiven: false },
    options
  )
}

describe("explanationText", () => {
  it("says the same with colour as without", () => {
    for (const title of ["iDEAL, paid", "Card, authorisation voided", "Charged back by the bank"]) {
      const plain = textOf(title, { columns: 100, colour: false })
      const coloured = textOf(title, { columns: 100, colour: true })
      expect(coloured).toContain("\u001b[")
      // oxlint-disable-next-line no-control-regex -- the escapes are what is taken out
      expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain)
    }
  })

  it("lists payments by number, not in the order of the report", () => {
    const text = textOf("Paid, newer try cancelled", { columns: 80, colour: false })
    expect(text.indexOf("5120040388")).toBeLessThan(text.indexOf("5120040911"))
  })

  it("draws all bars on one scale, and a net below zero to the other side", () => {
    const text = textOf("Refunded in part", { columns: 80, colour: false })
    expect(text).toContain(`captured      99.00  ${"#".repeat(32)}\n`)
    expect(text).toContain(`refunded      33.00  ${"-".repeat(11)}\n`)
    expect(text).toContain(`net           66.00  ${"#".repeat(21)}\n`)
  })

  it("tells a finding with its figures, its meaning and what to do", () => {
    const text = textOf("Card, authorisation voided", { columns: 80, colour: false })
    expect(text).toContain("  warning  voided\n           (payment id 5120083350)\n")
    expect(text).toContain("           do: ")
  })
})
