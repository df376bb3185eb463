import { describe, expect, it } from "vitest"
import { cleanWord } from "../../src/strict/cleanWord.ts"

describe("a word from the wire", () => {
  it.each([
    ["AUTHORIZED", "AUTHORIZED"],
    ["", ""],
    ["!~", "!~"],
    [" AUTHORIZED ", "AUTHORIZED"],
    ["A \t\r\n B", "A B"],
    ["A\u0000\u007f\u0085B", "A B"],
    ["\u00a0é\u2003", "é"],
    ["ABCDEFGHIJ", "ABCDEFGHIJ"],
    ["ABCDEFGHIJK", "ABCDEFGHIJ"],
    ["ABCDEFGHI JK", "ABCDEFGHI"]
  ])("%j is kept as %j", (word, clean) => {
    expect(cleanWord(word, 10)).toBe(clean)
  })
})
