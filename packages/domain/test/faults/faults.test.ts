/**
 * Inputs on which an earlier version decided wrongly, a line each: what happened, the right status and fulfilment. Lines
 * are added and never taken out.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { type Question, reconcile } from "../../src/reconcile.ts"

interface Fault {
  readonly id: string
  readonly story: string
  /** `status/fulfilment`. */
  readonly expected: string
  readonly input: Question
}

const faults = readFileSync(join(import.meta.dirname, "faults.jsonl"), "utf8").trimEnd().split("\n")
  .map((line): Fault => JSON.parse(line))

describe("what was decided wrongly once", () => {
  it.each(faults.map((fault) => [`${fault.id}: ${fault.story}`, fault] as const))("%s", (_, { expected, input }) => {
    const { order } = reconcile(input)
    expect(`${order.status}/${order.fulfilment}`).toBe(expected)
  })

  it.each(faults.map((fault) => [fault.id, fault] as const))("%s is decided alike when asked again", (_, { input }) => {
    const { order, payments } = reconcile(input)
    const again = reconcile({ ...input, order, payments })
    expect([again.order === order, again.events]).toEqual([true, []])
  })
})
