/**
 * Every row of every `*.scenarios.txt`: report in, status, rule, fulfilment, findings and events out.
 */
import { isDeepStrictEqual } from "node:util"
import { describe, expect, it } from "vitest"
import * as Figures from "../../src/Figures.ts"
import { legacy2013Rules, legacy2016Rules } from "../../src/legacy/rules.ts"
import { reconcile } from "../../src/reconcile.ts"
import { strictRules } from "../../src/strict/rules.ts"
import { findingCatalogue } from "../../src/texts/findingTexts.ts"
import { covers, eventsOf, findingsOf, keepsOf, rowsOf, ruleOf } from "./outcomeText.ts"
import { allCases, type Case, caseAt, rows } from "./cases.ts"
import type { TableRow } from "./table.ts"

// The reference writes a payment that is listed twice twice, and again at every report.
const isFinal = ({ question, row }: Case): boolean =>
  question.policy.rules === "strict" || !row.cells["source"]!.includes("Q30")

const answerOf = ({ outcome, question }: Case): Readonly<Record<string, string>> => ({
  status: outcome.order.status,
  rule: ruleOf(outcome),
  goods: outcome.order.fulfilment,
  findings: findingsOf(outcome, question.order.currency),
  events: eventsOf(outcome),
  cover: covers(outcome),
  keeps: keepsOf(outcome.order),
  rows: rowsOf(outcome)
})

const expected = ["status", "rule", "goods", "findings", "events", "cover", "keeps", "rows"]

const titleOf = ({ cells, file, line, title }: TableRow): string =>
  `${file}:${line} ${title}: ${cells["situation"]} (${cells["source"]})`

const sortedTexts = (text: string): string => text.split(", ").toSorted().join(", ")

describe("scenarios", () => {
  it.each(rows.map((row, position) => [titleOf(row), position] as const))("%s", (_, position) => {
    const each = caseAt(position)
    const answer = answerOf(each)
    const columns = expected.filter((name) => each.row.cells[name] !== undefined)
    const stated = Object.fromEntries(columns.map((name) => [name, each.row.cells[name]!]))
    expect({ ...answer, findings: sortedTexts(answer["findings"]!) }).toMatchObject({
      ...stated,
      findings: sortedTexts(stated["findings"]!)
    })
  })

  it("are stated with status, rule, fulfilment, findings, events and a source in every row", () => {
    const needed = ["situation", "status", "rule", "goods", "findings", "events", "source"]
    const incomplete = rows.filter(({ cells }) => needed.some((name) => (cells[name] ?? "") === ""))
    expect(incomplete.map(titleOf)).toEqual([])
  })
})

describe("in every scenario", () => {
  it("the same report again changes nothing and sends nothing", () => {
    const restless = allCases().filter(isFinal).filter(({ outcome, question }) => {
      const again = reconcile({ ...question, order: outcome.order, payments: outcome.payments })
      return again.events.length > 0 || !isDeepStrictEqual(again.order, outcome.order)
    })
    expect(restless.map(({ row }) => titleOf(row))).toEqual([])
  })

  it("the same report again leaves the order the very same object under the strict rules", () => {
    const renewed = allCases().filter(({ outcome, question }) =>
      question.policy.rules === "strict" &&
      reconcile({ ...question, order: outcome.order, payments: outcome.payments }).order !== outcome.order
    )
    expect(renewed.map(({ row }) => titleOf(row))).toEqual([])
  })

  it("the compared figures hold, so that the decision can be recomputed", () => {
    const wrong = allCases().filter(({ outcome: { decision } }) =>
      decision.compared.some((comparison) => !Figures.holds(comparison, decision.figures))
    )
    expect(wrong.map(({ row }) => titleOf(row))).toEqual([])
  })

  it("an event about a payment carries its row, and one about the status the figures that decided", () => {
    for (const { outcome: { decision, events, payments } } of allCases().filter(isFinal)) {
      for (const event of events) {
        if (event.type === "payment.added" || event.type === "payment.updated") {
          expect(payments).toContain(event.payment)
          expect(event.payment.paymentId).toBe(event.paymentId)
        } else if (event.type === "order.status_changed") {
          const { captured, chargedBack, currency, net, refunded } = decision.figures
          expect(event).toMatchObject({ rule: decision.rule, currency, captured, refunded, chargedBack, net })
        }
      }
    }
    expect(rows.length).toBeGreaterThan(0)
  })

  it("the totals are kept with the order unless the report is refused", () => {
    for (const { outcome: { decision, order }, question } of allCases()) {
      const { acquirerApproved, acquirerPending, captured, chargedBack } = decision.figures
      const { refunded, registered, reversed, shopperPending } = decision.figures
      const figures = { acquirerApproved, acquirerPending, captured, chargedBack }
      expect(order.totals).toEqual(
        decision.rule.endsWith("report-refused")
          ? question.order.totals
          : { ...figures, refunded, registered, reversed, shopperPending }
      )
    }
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe("the scenarios speak of", () => {
  const stated = (column: string): string => rows.map(({ cells }) => cells[column] ?? "").join(" ")
  const words = (column: string): ReadonlySet<string> => new Set(stated(column).split(/[\s,;>]+/))

  it("every rule", () => {
    const known = words("rule")
    const rules = [...strictRules, ...legacy2016Rules, ...legacy2013Rules].map(({ id }) => id)
    expect([...rules, "legacy-report-refused"].filter((id) => !known.has(id))).toEqual([])
  })

  it("every finding", () => {
    const known = words("findings")
    expect(Object.keys(findingCatalogue).filter((kind) => !known.has(kind))).toEqual([])
  })

  it("every fault of the reference that concerns the decision", () => {
    // Q36 to Q39, Q41 and Q42 speak of calls and transactions.
    const elsewhere = new Set([36, 37, 38, 39, 41, 42])
    const known = words("source")
    const numbers = Array.from({ length: 46 }, (_, index) => index + 1).filter((number) => !elsewhere.has(number))
    expect(numbers.map((number) => `Q${String(number).padStart(2, "0")}`).filter((id) => !known.has(id))).toEqual([])
  })

  it("every row of the table of what a payment line holds", () => {
    const known = words("source")
    expect([1, 2, 3, 4, 5, 6].map((row) => `line-${row}`).filter((id) => !known.has(id))).toEqual([])
  })
})
