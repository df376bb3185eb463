import { expect, it } from "vitest"
import { outermostScope } from "../src/xml/namespaces.ts"
import { parseNodes } from "../src/xml/parseNodes.ts"
import { readTree } from "../src/xml/readTree.ts"

it("a parser that throws is a parser that disagrees", () => {
  expect(parseNodes("<a")).toBeUndefined()
})

it.each([
  ["fewer elements than the guard saw", "<a/>", [0, 4]],
  ["more elements than the guard saw", "<a><b/></a>", [0]],
  ["no root", "", []],
  ["two roots", "<a/><b/>", [0, 4]]
])("a parser that sees %s disagrees", (_what, document, elementStarts) => {
  expect(readTree(parseNodes(document) ?? [], elementStarts, outermostScope)).toEqual({
    reason: "parser-disagrees",
    at: 0
  })
})
