/**
 * All rows of all scenario files, and what the kernel makes of them.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type Outcome, type Question, reconcile } from "../../src/reconcile.ts"
import { readScenario, scenarioColumns } from "./Scenario.ts"
import { readTables, type TableRow } from "./table.ts"

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".scenarios.txt"))

export const rows = files.flatMap((file) =>
  readTables(file, readFileSync(join(import.meta.dirname, file), "utf8"), scenarioColumns)
)

export interface Case {
  readonly row: TableRow
  readonly question: Question
  readonly outcome: Outcome
}

// Worked out anew for every test, so that each test runs all that it stands for; `then` goes back to a row that begins.
export const caseAt = (position: number): Case => {
  const row = rows[position]
  if (row === undefined) throw new Error("the first row continues nothing")
  const { continues, question } = readScenario(row)
  if (!continues) return { row, question, outcome: reconcile(question) }
  const { order, payments } = caseAt(position - 1).outcome
  const continued = { ...question, order: { ...order, createdAtMs: question.order.createdAtMs }, payments }
  return { row, question: continued, outcome: reconcile(continued) }
}

export const allCases = (): ReadonlyArray<Case> => rows.map((_, position) => caseAt(position))
