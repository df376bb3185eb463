import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { readmeCommands } from "../readme-commands.ts"

const page = (...blocks: ReadonlyArray<string>): string =>
  blocks.map((block) => `Some text.\n\n\`\`\`sh\n${block}\n\`\`\`\n`).join("\n")

test("README starts with the two commands", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8")
  expect(readmeCommands(readme)).toEqual({ demo: "npm ci && npm run demo", test: "npm ci && npm test" })
})

test.each([
  ["no code block", "Only text."],
  ["one code block", page("npm ci && npm run demo")],
  ["the other order", page("npm ci && npm test", "npm ci && npm run demo")],
  ["a second line", page("npm ci && npm run demo\nnpm start", "npm ci && npm test")],
  ["a step before", page("npm ci && npm run demo", "npm run build && npm ci && npm test")],
  ["another block first", page("node --version", "npm ci && npm run demo", "npm ci && npm test")]
])("%s is refused", (_name, markdown) => {
  expect(() => readmeCommands(markdown)).toThrow(/code block [12] of README.md must be the line/)
})
