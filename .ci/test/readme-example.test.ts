/**
 * What README shows as the command's output is what the command prints.
 */
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const root = join(import.meta.dirname, "..", "..")

it("README's example is a part of what the demo prints", () => {
  const example = /^```text\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1]
  const command = ["--conditions=source", join(root, "packages", "cli", "src", "main.ts"), "demo"]
  const printed = execFileSync(process.execPath, command, {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", COLUMNS: "80" }
  })
  expect(printed).toContain(example)
})
