import { describe, expect, it } from "vitest"
import { compare, normalise } from "../src/PaymentId.ts"

describe("a payment id", () => {
  it.each([
    ["1", "1"],
    ["1234567890", "1234567890"],
    ["007", "7"],
    ["0100", "100"],
    ["1001", "1001"],
    ["90071992547409931234567890", "90071992547409931234567890"]
  ])("%j counts as %j", (text, id) => {
    expect(normalise(text)).toBe(id)
  })

  it.each(["", "0", "000", "-1", "+1", "1.0", "12a", "a12", "1 ", " 1", "1/", "1:", "١"])("is not %j", (text) => {
    expect(normalise(text)).toBeUndefined()
  })

  it("is older or newer as a number, however long", () => {
    const ids = ["90071992547409931", "10", "9", "1000000001", "90071992547409930", "999999999"]
    expect(ids.toSorted(compare)).toEqual([
      "9",
      "10",
      "999999999",
      "1000000001",
      "90071992547409930",
      "90071992547409931"
    ])
  })

  it("is the same as itself only", () => {
    expect([compare("12", "12"), compare("12", "13"), compare("13", "12"), compare("9", "10"), compare("10", "9")])
      .toEqual([0, -1, 1, -1, 1])
  })
})
