/**
 * What README shows as the command's output is what the command prints.
 */
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const root = join(import.meta.dirname, "..", "..")

const examples = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^```text\n([\s\S]*?)^```$/gm)]

it.each([["demo"], ["explain", "--demo"]].map((words, index) => ({ words, example: examples[index]?.[1] })))(
  "README shows a part of what docdata $words prints",
  ({ example, words }) => {
    const command = ["--conditions=@docdata/source", join(root, "packages", "cli", "src", "main.ts"), ...words]
    const printed = execFileSync(process.execPath, command, {
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", COLUMNS: "80" }
    })
    expect(printed).toContain(example)
  }
)
