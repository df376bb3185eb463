/**
 * The reference pages say what the code does: row by row, and no row more.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { Comparison } from "../src/Figures.ts"
import { type Finding, levelOf } from "../src/Finding.ts"
import type { LegacyOutcome } from "../src/legacy/rules.ts"
import { legacy2013Rules, legacy2016Rules } from "../src/legacy/rules.ts"
import type { RuleTable } from "../src/RuleSet.ts"
import { type StrictOutcome, strictRules } from "../src/strict/rules.ts"
import { findingCatalogue } from "../src/texts/findingTexts.ts"
import { legacyConditionTexts, legacyMeanings } from "../src/texts/legacyTexts.ts"
import { strictConditionTexts, strictMeanings } from "../src/texts/strictTexts.ts"
import { parseVector } from "./vectors/Vector.ts"

const root = join(import.meta.dirname, "..", "..", "..")
const page = (name: string): string => readFileSync(join(root, "docs", "reference", name), "utf8")

/** The tables under a heading (or before the first one), each as rows of cells without its two head lines. */
const tableUnder = (markdown: string, heading: string | undefined): ReadonlyArray<ReadonlyArray<string>> => {
  const sections = markdown.split(/^## /m)
  const section = heading === undefined ? sections[0] : sections.find((text) => text.startsWith(`${heading}\n`))
  const lines = (section ?? "").split("\n").filter((line) => line.startsWith("|"))
  return lines.slice(2).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()))
}

const comparisonText = ({ left, less, operator, right }: Comparison): string =>
  `${left} ${operator} ${right}${less === undefined ? "" : ` - ${less}`}`

interface Worded<Facts, ConditionId extends string, Special extends string> {
  readonly table: RuleTable<Facts, ConditionId, Special>
  readonly meanings: Readonly<Record<string, string>>
  readonly words: Readonly<Record<ConditionId, string>>
}

const rowsOf = <Facts, ConditionId extends string, Special extends string>(
  { meanings, table, words }: Worded<Facts, ConditionId, Special>
) =>
  table.map(({ id, outcome, when }) => {
    const conditions = when.map(({ compares, id }) =>
      compares === undefined ? words[id] : `${words[id]} (\`${comparisonText(compares)}\`)`
    )
    return [`\`${id}\``, meanings[id], conditions.join("; ") || "none", outcome]
  })

describe("rules.md", () => {
  it("lists the strict rules in the table's order", () => {
    const worded = { table: strictRules, meanings: strictMeanings, words: strictConditionTexts }
    expect(tableUnder(page("rules.md"), "Strict")).toEqual(rowsOf(worded))
  })

  it.each(
    [["legacy-2016", legacy2016Rules], ["legacy-2013", legacy2013Rules]] as const
  )("lists the rules of %s in the table's order", (heading, table) => {
    const worded = { table, meanings: legacyMeanings, words: legacyConditionTexts }
    expect(tableUnder(page("rules.md"), heading)).toEqual(rowsOf(worded))
  })

  it("explains every outcome that is no status", () => {
    const special: Record<StrictOutcome | LegacyOutcome, true> = {
      keep: true,
      "unknown-unless-money-state": true,
      "decide-as-pending": true,
      intended: true
    }
    const prose = page("rules.md").split("\n").filter((line) => !line.startsWith("|")).join("\n")
    expect(Object.keys(special).filter((outcome) => !prose.includes(`\`${outcome}\``))).toEqual([])
  })
})

const kinds = Object.keys(findingCatalogue) as ReadonlyArray<Finding["kind"]>

describe("findings.md", () => {
  it("lists every finding with level, meaning and advice", () => {
    const rows = kinds.map((kind) => {
      const { action, meaning } = findingCatalogue[kind]
      return [`\`${kind}\``, levelOf({ kind } as Finding), meaning, action]
    })
    expect(tableUnder(page("findings.md"), undefined)).toEqual(rows)
  })
})

describe("quirks.md", () => {
  const rows = tableUnder(page("quirks.md"), undefined)

  it("has one complete row for each of the 47 quirks", () => {
    expect(rows.map(([number]) => number)).toEqual(
      Array.from({ length: 47 }, (_, index) => `Q${String(index + 1).padStart(2, "0")}`)
    )
    expect(rows.filter((row) => row.length !== 5 || row.includes(""))).toEqual([])
  })

  it("names rules, findings and modules that exist", () => {
    const known = new Set<string>([...Object.keys(strictMeanings), ...kinds])
    const source = join(root, "packages", "domain", "src")
    const packages = readdirSync(join(root, "packages"))
    const strange = rows.flatMap(([number, , , where]) =>
      [...where!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)
        .filter((name) => !known.has(name) && !packages.includes(name))
        .filter((name) => !(name.endsWith(".ts") && existsSync(join(source, name))))
        .map((name) => `${number} ${name}`)
    )
    expect(strange).toEqual([])
  })

  it("is shown by vectors that carry the number and by tests that name it", () => {
    const lines = readFileSync(join(import.meta.dirname, "vectors", "vectors-dev.jsonl"), "utf8").trim().split("\n")
    const quirksOf = new Map(lines.map((line) => parseVector(line)).map(({ id, quirks }) => [id, quirks ?? []]))
    const tests = readFileSync(join(import.meta.dirname, "quirks.test.ts"), "utf8")
    const wrong = rows.flatMap(([number, , , , shownBy]) => {
      const parts = shownBy!.split(", ")
      return parts.filter((part) => {
        const file = /^`(packages\/.+\.test\.ts)`$/.exec(part)?.[1]
        if (file !== undefined) return !existsSync(join(root, file))
        if (part === "`quirks.test.ts`") return !tests.includes(`"${number}: `)
        return !(quirksOf.get(part) ?? []).includes(number!)
      }).map((part) => `${number} ${part}`)
    })
    expect(wrong).toEqual([])
  })
})
