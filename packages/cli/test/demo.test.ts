import { mkdtempSync, readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { stories } from "../src/demo/stories.ts"
import { docdata } from "./support/run.ts"

it("every order of the demo ends as it has to, told to the shop by webhook, and nothing is left behind", () => {
  const folder = mkdtempSync(join(tmpdir(), "docdata-demo-test-"))
  const { exit, stderr, stdout } = docdata(["demo"], "", { TMPDIR: folder })
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
  expect(readdirSync(folder)).toEqual([])
  expect(stdout).toContain(`${stories.length} of ${stories.length} orders ended as they had to.`)

  const rows = stdout.split("\n").filter((line) => /^web-\d{4} {2}\d/.test(line)).map((line) => line.split(/ {2,}/))
  expect(rows.map(([, , status, , right, title]) => [status, right, title])).toEqual(
    stories.map(({ expected, title }) => [expected, "yes", title])
  )
  // The last change of each order as the shop heard it.
  const received = new Map(
    [...stdout.matchAll(/^ {2}\dd [\d:]{8} {2}(web-\d{4}) +\w+ -> (\w+)/gm)].map(([, o, to]) => [o, to])
  )
  expect(stories.map((_story, index) => received.get(`web-${1001 + index}`))).toEqual(
    stories.map(({ expected }) => expected)
  )
  // Amounts as people read them, never bare cents.
  expect(stdout).toContain("  because covered 129.00 EUR is at least registered 129.00 EUR\n")
  // Only the schedule can have told of the order whose notifications were lost.
  const lost = stdout.slice(stdout.lastIndexOf("\nweb-1008"))
  expect(lost).toContain("refreshed (schedule): paid")
  expect(lost).not.toContain("the shopper came back")
  // What shoppers told the shop is nobody else's business.
  expect(stdout).not.toMatch(/Buyer|buyer|demo-password|whsec_|dk_/)
  expect(stdout.split("\n").filter(({ length }) => length > 80)).toEqual([])
})

it("the same story has the same title, amount and end in every run: README shows them", () => {
  expect(new Set(stories.map(({ title }) => title)).size).toBe(stories.length)
})
