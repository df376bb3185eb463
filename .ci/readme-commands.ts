/**
 * README promises two commands that do everything on a fresh machine. They are its first two code blocks, one line
 * each; the CI run takes them from there, so that the page and the check cannot drift apart.
 *
 * `node .ci/readme-commands.ts demo|test` prints one of them.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"

export interface ReadmeCommands {
  readonly demo: string
  readonly test: string
}

const promised: ReadmeCommands = { demo: "npm ci && npm run demo", test: "npm ci && npm test" }

/** Throws when the first two code blocks of the page are anything but the two promised lines, in this order. */
export const readmeCommands = (markdown: string): ReadmeCommands => {
  const blocks = [...markdown.matchAll(/^```[^\n]*\n([\s\S]*?)^```[ \t]*$/gm)].slice(0, 2).map((match) => match[1])
  for (const [index, line] of [promised.demo, promised.test].entries()) {
    const block = blocks[index]
    if (block !== `${line}\n`) {
      throw new Error(`code block ${index + 1} of README.md must be the line "${line}", not ${JSON.stringify(block)}`)
    }
  }
  return promised
}

if (import.meta.main) {
  const commands = readmeCommands(readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8"))
  const which = process.argv[2]
  if (which !== "demo" && which !== "test") throw new Error("say which command: demo or test")
  console.log(commands[which])
}
