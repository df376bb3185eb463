/**
 * The example of the README: the same text as the file, run, and its printed line promised in the README.
 */
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { scenarios } from "../src/scenarios/scenarios.ts"

const folder = join(import.meta.dirname, "..")
const readme = readFileSync(join(folder, "README.md"), "utf8")
const example = join(folder, "examples", "payOnce.ts")

it("the README shows the example that is type-checked", () => {
  expect(/^```js\n([\s\S]*?)^```$/m.exec(readme)?.[1]).toBe(readFileSync(example, "utf8"))
})

it("the example prints what the README says", () => {
  const printed = execFileSync(process.execPath, ["--conditions=@docdata/source", example], { encoding: "utf8" })
  expect(readme).toContain(`It prints \`${printed.trim()}\`.`)
})

it("the README counts the scenarios right", () => {
  expect(readme).toContain(`plays one of ${scenarios.length} named situations`)
})
