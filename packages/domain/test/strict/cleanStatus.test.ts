import { describe, expect, it } from "vitest"
import { cleanStatus } from "../../src/strict/cleanStatus.ts"

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
    ["ABCDEFGHI JK", "ABCDEFGHI"],
    // A cut through the middle of a character leaves none of it; half a character from the start becomes a mark.
    ["ABCDEFGHI\u{1F600}", "ABCDEFGHI"],
    ["ABCDEFGH\u{1F600}", "ABCDEFGH\u{1F600}"],
    ["\uD83DA", "\uFFFDA"]
  ])("%j is kept as %j", (word, clean) => {
    expect(cleanStatus(word, 10)).toBe(clean)
  })
})
