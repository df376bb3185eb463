import { describe, expect, it } from "vitest"
import { checkVocabulary, wordsOf } from "../vocabulary.ts"

const words = [
  { forms: ["movement", "movements"], instead: "modification" },
  { forms: ["told"], instead: "published", only: "pages" as const },
  { forms: ["slots"], instead: "capacity", except: [{ of: "freeSlots", reason: "the name of a foreign library" }] }
]

const check = (path: string, text: string) =>
  checkVocabulary(new Map([[path, text], ["packages/a/src/b.ts", "const freeSlots = 1"]]), { except: [], words })

describe("the check of the vocabulary", () => {
  it("splits a name into its words", () => {
    expect(wordsOf("nextCheckAtMs")).toEqual(["next", "check", "at", "ms"])
    expect(wordsOf("HTTPServer_room2")).toEqual(["http", "server", "room"])
  })

  it.each([
    ["a planted word in a variable", "const movement = 1", "movement"],
    ["a planted word within a name", "const lastMovementAtMs = 1", "lastMovementAtMs"],
    ["a planted word in the name of a property", "export interface A { readonly movements: number }", "movements"],
    ["a planted word in a destructured name", "const { movements: all } = a", "movements"]
  ])("finds %s", (_what, source, name) => {
    expect(check("packages/a/src/c.ts", source)).toEqual([
      `packages/a/src/c.ts:1: the name ${name} holds a retired word: modification`
    ])
  })

  it("finds a planted word on a page, in any case, and names its line", () => {
    expect(check("docs/page.md", "one\nMovements are told")).toEqual([
      `docs/page.md:2: "Movements" is a retired word: modification`,
      `docs/page.md:2: "told" is a retired word: published`
    ])
  })

  it.each([
    ["a word that only contains a retired one", "packages/a/src/c.ts", "const removement = 1"],
    ["a comment and a text", "packages/a/src/c.ts", `export const a = "movement" // movement`],
    ["a word that is retired on pages only", "packages/a/src/c.ts", "const told = 1"],
    ["the address of a link", "docs/page.md", "[a page](0001-a-movement.md)"],
    ["a named exception", "packages/a/src/c.ts", "const freeSlots = 1"]
  ])("lets %s pass", (_what, path, text) => {
    expect(check(path, text)).toEqual([])
  })

  it("refuses an exception that nothing needs", () => {
    expect(checkVocabulary(new Map(), { except: [], words })).toEqual([
      "the exception of freeSlots is not needed: the name of a foreign library"
    ])
  })

  it("leaves a whole file alone where that has a reason", () => {
    const except = [{ of: "CHANGELOG.md", reason: "it says what things were called before" }]
    const files = new Map([["CHANGELOG.md", "movement"], ["packages/a/src/b.ts", "const freeSlots = 1"]])
    expect(checkVocabulary(files, { except, words })).toEqual([])
  })
})
