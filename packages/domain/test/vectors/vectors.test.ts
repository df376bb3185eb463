/**
 * The rule sets against the recorded vectors: the legacy ones repeat the reference, the strict ones differ only where a
 * numbered fault of the reference is corrected.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { isDeepStrictEqual } from "node:util"
import { describe, expect, it } from "vitest"
import { reconcile } from "../../src/reconcile.ts"
import { answerVector, questionOf, ruleSetOf } from "./answer.ts"
import { parseVector, type Vector, type VectorAnswer } from "./Vector.ts"

type Recorded = Vector & { readonly expected: NonNullable<Vector["expected"]> }

const lines = readFileSync(join(import.meta.dirname, "vectors-dev.jsonl"), "utf8").trim().split("\n")
const vectors = lines.map((line) => parseVector(line) as Recorded)

// A crash of the reference and a lost race on insert are no decisions, so there is nothing to repeat.
const isDecision = ({ expected, input }: Recorded): boolean =>
  expected.raised === null && input.raceInserts === undefined

const quirksOf = ({ quirks }: Vector): string => (quirks ?? []).join("+")

const eventKeys = new Set(["event", "paymentId", "oldStatus", "newStatus"])

const comparedEvents = ({ events }: VectorAnswer) =>
  events.map((event) => Object.fromEntries(Object.entries(event).filter(([key]) => eventKeys.has(key))))

const comparedLogs = ({ logs }: VectorAnswer) =>
  logs.filter(({ level }) => level === "warning" || level === "error").map(({ kind, level }) => ({ level, kind }))

const recordedAnswer = ({ expected }: Recorded): VectorAnswer => ({
  status: expected.status,
  statusChanged: expected.statusChanged,
  totals: expected.totals,
  payments: expected.payments,
  events: comparedEvents(expected),
  logs: comparedLogs(expected)
})

const decisions = vectors.filter(isDecision)
const noDecisions = vectors.filter((vector) => !isDecision(vector))

describe("the legacy rule sets", () => {
  it("are measured by 391 decisions of the reference", () => {
    expect(vectors).toHaveLength(400)
    expect(decisions).toHaveLength(391)
  })

  it.each(["2016", "2013"] as const)("legacy-%s repeats every decision of its generation", (generation) => {
    const own = decisions.filter((vector) => vector.generation === generation)
    const answers = own.map((vector) => [vector.id, answerVector(vector, ruleSetOf(generation))])
    expect(answers).toEqual(own.map((vector) => [vector.id, recordedAnswer(vector)]))
  })
})

describe("inputs on which the reference crashed or lost a race", () => {
  it("are nine", () => {
    expect(noDecisions.map(({ id }) => id)).toHaveLength(9)
  })

  // A lost race is the store's business: the kernel decides as if the row had not been there.
  it.each(
    [
      ["strict", "dev-0041 dev-0042", "no-attempt-new"],
      ["strict", "dev-0091", "all-returned-charged-back"],
      ["strict", "dev-0136 dev-0203 dev-0204 dev-0205 dev-0206 dev-0207", "paid-in-full"],
      ["legacy-2016", "dev-0041 dev-0042 dev-0136", "legacy-report-refused"],
      ["legacy-2016", "dev-0091", "legacy-totals-charged-back"],
      ["legacy-2016", "dev-0203 dev-0204 dev-0205 dev-0206 dev-0207", "legacy-totals-paid"],
      ["legacy-2013", "dev-0041 dev-0042", "legacy-report-refused"],
      ["legacy-2013", "dev-0091", "legacy-totals-charged-back"],
      ["legacy-2013", "dev-0136 dev-0203 dev-0204 dev-0205 dev-0206 dev-0207", "legacy-totals-paid"]
    ] as const
  )("get an answer under %s: %s by %s", (rules, ids, rule) => {
    const decided = noDecisions.filter((vector) => reconcile(questionOf(vector, rules)).decision.rule === rule)
    expect(decided.map(({ id }) => id).join(" ")).toBe(ids)
  })
})

describe("the strict rules", () => {
  const untagged = vectors.filter(({ generation, quirks }) => generation === "2016" && quirks === undefined)
  const tagged = vectors.filter(({ generation, quirks }) => generation === "2016" && quirks !== undefined)
  const compared = ({ events, payments, status }: VectorAnswer) => ({ status, payments, events })

  it("decide all 137 vectors of 2016 without a known fault as the reference does", () => {
    const answers = untagged.map((vector) => [vector.id, compared(answerVector(vector, "strict"))])
    expect(answers).toHaveLength(137)
    expect(answers).toEqual(untagged.map((vector) => [vector.id, compared(recordedAnswer(vector))]))
  })

  const differencesOf = (vector: Recorded): ReadonlyArray<"status" | "payments" | "events"> => {
    const strict = compared(answerVector(vector, "strict"))
    const recorded = compared(recordedAnswer(vector))
    return (["status", "payments", "events"] as const).filter((part) =>
      !isDeepStrictEqual(strict[part], recorded[part])
    )
  }

  it("differ from the reference at its known faults as the committed table says, vector by vector", () => {
    const rows = tagged.map((vector) => {
      const { raised, status } = vector.expected
      const strict = answerVector(vector, "strict").status
      const parts = differencesOf(vector)
      return [vector.id, quirksOf(vector), raised ?? status, strict, parts.join("+") || "nothing"].join("\t")
    })
    const table = readFileSync(join(import.meta.dirname, "strict-differences.tsv"), "utf8")
    expect(["vector\tfaults\treference\tstrict\tdiffers in", ...rows]).toEqual(table.trimEnd().split("\n"))
  })

  it("differ per known fault in as many vectors as counted here", () => {
    const counts = new Map<string, { vectors: number; differing: number }>()
    for (const vector of tagged) {
      for (const quirk of vector.quirks!) {
        const count = counts.get(quirk) ?? { vectors: 0, differing: 0 }
        count.vectors++
        if (differencesOf(vector).length > 0) count.differing++
        counts.set(quirk, count)
      }
    }
    const table = [...counts].toSorted(([a], [b]) => a < b ? -1 : 1).map(([quirk, { differing, vectors: all }]) =>
      `${quirk} ${differing} of ${all}`
    )
    expect(table).toEqual(differingByQuirk)
  })
})

// The rest keeps what the reference does on purpose, or its fault shows only in the log.
const differingByQuirk: ReadonlyArray<string> = [
  "Q01 1 of 1",
  "Q02 3 of 3",
  "Q03 0 of 1",
  "Q04 1 of 1",
  "Q06 1 of 1",
  "Q07 0 of 4",
  "Q08 3 of 3",
  "Q08b 1 of 1",
  "Q10 1 of 2",
  "Q11 1 of 6",
  "Q12 2 of 11",
  "Q13 2 of 2",
  "Q14 1 of 1",
  "Q15 1 of 3",
  "Q16 34 of 35",
  "Q17 2 of 5",
  "Q18 2 of 2",
  "Q19 2 of 6",
  "Q20 6 of 11",
  "Q22 3 of 3",
  "Q23 1 of 1",
  "Q24 1 of 1",
  "Q25 4 of 4",
  "Q26 1 of 1",
  "Q27 2 of 5",
  "Q29 1 of 1",
  "Q30 1 of 1",
  "Q32 1 of 1",
  "Q33 2 of 2",
  "Q34 8 of 9",
  "Q47 2 of 2"
]
