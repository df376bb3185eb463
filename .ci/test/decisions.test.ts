/**
 * Decision records have one form, and the index has each of them once.
 */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

const folder = join(import.meta.dirname, "..", "..", "docs", "decisions")
const records = globSync("0*.md", { cwd: folder }).toSorted().map((file) => ({
  file,
  number: file.slice(0, 4),
  text: readFileSync(join(folder, file), "utf8")
}))
const index = readFileSync(join(folder, "README.md"), "utf8")

const titleOf = (text: string): string => /^# \d{4}: (.+)$/m.exec(text)?.[1] ?? ""
const statusOf = (text: string): string => /^Status: (.+)$/m.exec(text)?.[1] ?? ""

describe("the decision records", () => {
  it.each(records)("$file has a title with its number, a status, and the three headings", ({ number, text }) => {
    expect(text).toMatch(new RegExp(`^# ${number}: .+\\n\\nStatus: (accepted|superseded)`))
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      "Context",
      "Decision",
      "Consequences"
    ])
  })

  it("do not share a number", () => {
    expect(new Set(records.map(({ number }) => number)).size).toBe(records.length)
  })

  it("are in the index, each once, with their titles", () => {
    const listed = index.split("\n").filter((line) => line.startsWith("- ")).toSorted()
    expect(listed).toEqual(records.map(({ file, number, text }) => {
      const ended = statusOf(text).startsWith("superseded") ? " (superseded)" : ""
      return `- [${number}](${file}): ${titleOf(text)}${ended}`
    }))
  })
})
