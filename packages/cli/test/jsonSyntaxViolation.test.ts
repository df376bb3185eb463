import { describe, expect, it } from "vitest"
import { jsonDepthMax, jsonSyntaxViolation } from "../src/input/jsonSyntaxViolation.ts"

describe("jsonSyntaxViolation", () => {
  it.each<readonly [text: string, offset: number, expected: RegExp]>([
    ["", 0, /a JSON value/],
    ["{", 1, /a field name/],
    ["{\"a\":1,}", 7, /a field name/],
    ["{a:1}", 1, /a field name/],
    ["{\"a\" 1}", 5, /a colon/],
    ["{\"a\":}", 5, /a JSON value/],
    ["[1 2]", 3, /a comma or \]/],
    ["[1,]", 3, /a JSON value/],
    ["[01]", 1, /a JSON value/],
    ["[1.]", 1, /a JSON value/],
    ["\"a\\x\"", 2, /not closed, or holds a character/],
    ["\"a\nb\"", 2, /not closed, or holds a character/],
    ["\"abc", 4, /not closed/],
    ["nul", 0, /a JSON value/],
    ["{} {}", 3, /the end of the document/],
    ["'a'", 0, /a JSON value/]
  ])("%j goes wrong at %i", (text, offset, expected) => {
    expect(() => JSON.parse(text)).toThrow()
    const problem = jsonSyntaxViolation(text)
    expect(problem.offset).toBe(offset)
    expect(problem.expected).toMatch(expected)
  })

  it("finds the end of every text that is cut off", () => {
    const text = JSON.stringify({ a: [1, -2.5e3, "x\\\"\u00e9\ud83d\ude00", true, null, {}], "": [] })
    for (let length = 1; length < text.length; length++) {
      expect(jsonSyntaxViolation(text.slice(0, length)).offset).toBeLessThanOrEqual(length)
    }
  })

  it("gives up on nesting instead of running out of stack", () => {
    expect(jsonSyntaxViolation("[".repeat(100_000)).expected).toContain(String(jsonDepthMax))
  })
})
