/**
 * Laws of explanations: they say what was decided, and what each better rule lacks.
 */
import fc from "fast-check"
import { describe, expect } from "vitest"
import { explain } from "../../src/explain.ts"
import { ruleSetNames } from "../../src/Policy.ts"
import { type Question, reconcile } from "../../src/reconcile.ts"
import { strictRules } from "../../src/strict/rules.ts"
import { question } from "../generators/questions.ts"
import { law } from "./law.ts"

const anyRules = fc.tuple(question, fc.constantFrom(...ruleSetNames)).map(([asked, rules]): Question => ({
  ...asked,
  policy: { ...asked.policy, rules }
}))

describe("an explanation", () => {
  law("holds the very answer of the decision", anyRules, (asked) => {
    const { alternatives: _, because: __, meaning: ___, otherwise: ____, ...outcome } = explain(asked)
    expect(outcome).toEqual(reconcile(asked))
  })

  law("names for every other rule something that is missing, nearest rule first", anyRules, (asked) => {
    const { alternatives, decision } = explain(asked)
    const counts = alternatives.map(({ missing }) => missing.length)
    for (const count of counts) expect(count).toBeGreaterThan(0)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(alternatives.map(({ rule }) => rule)).not.toContain(decision.rule)
  })

  law("names no rule that another one above it would always forestall", question, (asked) => {
    const { alternatives } = explain({ ...asked, policy: { ...asked.policy, rules: "strict" } })
    const downwards = strictRules.flatMap(({ id }) => alternatives.filter(({ rule }) => rule === id))
    for (const [index, { missing }] of downwards.entries()) {
      for (const below of downwards.slice(index + 1)) {
        const lacks = new Set(below.missing.map(({ words }) => words))
        expect(missing.every(({ words }) => lacks.has(words))).toBe(false)
      }
    }
  })

  law("says what would be decided otherwise, and unless what", anyRules, (asked) => {
    const { decision, otherwise } = explain(asked)
    if (otherwise === undefined) return
    expect(otherwise.rule).not.toBe(decision.rule)
    expect(otherwise.meaning).not.toBe("")
    expect(otherwise.unless.length).toBeGreaterThan(0)
  })

  law("has words for the rule and for each of its comparisons", anyRules, (asked) => {
    const { because, decision, meaning } = explain(asked)
    expect(meaning).not.toBe("")
    expect(because).toHaveLength(decision.compared.length)
  })

  law("says how far a failed comparison is from holding", anyRules, (asked) => {
    for (const { missing } of explain(asked).alternatives) {
      for (const { byMinor, comparison } of missing) {
        if (byMinor === undefined) continue
        // An amount that lacks nothing can only fail a strict comparison.
        expect(byMinor !== 0 || / [<>] /.test(comparison ?? "")).toBe(true)
      }
    }
  })
})
