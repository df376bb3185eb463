/**
 * No text of a command shows what is left of a value that is not known.
 */
import { expect, it } from "vitest"
import { commands } from "../src/commands.ts"
import { isGroup } from "../src/Command.ts"
import { situations } from "../src/explain/demo/situations.ts"
import { loadCommands } from "../src/loadCommands.ts"
import { inProcess } from "./support/inProcess.ts"

const leftover = /NaN|undefined|\[object Object\]/

it.each(["strict", "legacy-2016", "legacy-2013"])(
  "docdata explain without --order prints no NaN, undefined or [object Object] under the %s rules",
  async (rules) => {
    for (const { reply, title } of situations) {
      for (const flags of [[], ["--json"]]) {
        const { stderr, stdout } = await inProcess(["explain", "-", "--rules", rules, ...flags], reply)
        expect(leftover.exec(stdout + stderr)?.input, title).toBeUndefined()
      }
    }
  }
)

it("no help page prints NaN, undefined or [object Object]", async () => {
  const pages = (await loadCommands(commands)).flatMap((entry) =>
    isGroup(entry) ? [[entry.name], ...entry.commands.map(({ name }) => [entry.name, name])] : [[entry.name]]
  )
  for (const words of [[], ...pages]) {
    const { stdout } = await inProcess([...words, "--help"], "")
    expect(leftover.exec(stdout)?.input, words.join(" ")).toBeUndefined()
  }
})
