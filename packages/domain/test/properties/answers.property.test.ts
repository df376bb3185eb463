/**
 * Laws of a single answer of the strict rules: each one recomputed from the specification.
 */
import fc from "fast-check"
import { describe, expect } from "vitest"
import { reconcile } from "../../src/reconcile.ts"
import type { Question } from "../../src/reconcile.ts"
import { question } from "../generators/questions.ts"
import { answerLaws, brokenLaws } from "../oracle/laws.ts"
import { readQuestion } from "../oracle/reading.ts"
import { law } from "./law.ts"

const dayMs = 86_400_000

const ask = (asked: Question) => {
  const reading = readQuestion(asked)
  fc.pre(reading !== undefined)
  const { intent, nowMs, order, policy } = asked
  const state = { order, intent, tooOld: nowMs - order.createdAtMs > policy.expireAfterDays * dayMs }
  return { state, reading, stored: asked.payments, outcome: reconcile(asked) }
}

describe("every answer", () => {
  for (const [name, holds] of Object.entries(answerLaws)) {
    law(name, question, (asked) => holds(ask(asked)))
  }

  law("breaks no law when all are asked at once", question, (asked) => {
    expect(brokenLaws(ask(asked))).toEqual([])
  })
})
