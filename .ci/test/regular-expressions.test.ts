/**
 * No regular expression of a package takes time that grows with the square of its text, or worse: one of them once
 * held the process for a minute over a reply of 4 MB.
 *
 * Applies to literals, which can be read from the source; an expression built at run time needs a reason on the list.
 */
import { globSync, readFileSync } from "node:fs"
import { join, sep } from "node:path"
import { parseSync, Visitor } from "oxc-parser"
import { analyse } from "scslre"
import { expect, it } from "vitest"

const root = join(import.meta.dirname, "..", "..")

/** The files in which such an expression may stand, each with the reason. */
const excepted: Readonly<Record<string, string>> = {
  "packages/contract/src/text.ts": "it puts three patterns together from sets of characters; each has one way to match",
  "packages/soap/src/redaction/cleanMessage.ts": "it cuts its text to 500 characters first",
  "packages/http/src/serve/methodsAt.ts": "it builds its expressions from the paths of the API, not from a text",
  "packages/simulator/src/contract/SimpleType.ts": "it applies the patterns of the schema once the length is checked"
}

/** The expressions of a source that are not linear, as written. */
const superLinear = (fileName: string, source: string): ReadonlyArray<string> => {
  const found: Array<string> = []
  new Visitor({
    Literal: (node) => {
      if (!("regex" in node) || node.regex === null) return
      const { reports } = analyse({ source: node.regex.pattern, flags: node.regex.flags })
      if (reports.length > 0) found.push(`/${node.regex.pattern}/${node.regex.flags}`)
    },
    NewExpression: ({ callee }) => {
      if (callee.type === "Identifier" && callee.name === "RegExp") found.push("new RegExp")
    },
    CallExpression: ({ callee }) => {
      if (callee.type === "Identifier" && callee.name === "RegExp") found.push("RegExp()")
    }
  }).visit(parseSync(fileName, source).program)
  return found
}

const files = globSync("packages/*/{src,examples}/**/*.ts", { cwd: root })
  .map((path) => path.split(sep).join("/"))
  .filter((path) => !path.includes("/node_modules/"))
  .toSorted()

it("every regular expression of a package is linear in its text, or stands on the list of exceptions", () => {
  const found = files.map((file) => ({ file, expressions: superLinear(file, readFileSync(join(root, file), "utf8")) }))
    .filter(({ expressions }) => expressions.length > 0)
  expect(found.filter(({ file }) => !(file in excepted))).toEqual([])
  expect(found.map(({ file }) => file).filter((file) => file in excepted)).toEqual(Object.keys(excepted).toSorted())
})

it.each([
  String.raw`value.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")`,
  String.raw`/\(.*?\)/.exec(text)`,
  String.raw`const nested = /^(a+)+$/`,
  "new RegExp(pattern)"
])("a regular expression that is not linear is found in the source: %s", (source) => {
  expect(superLinear("planted.ts", source)).toHaveLength(1)
})
