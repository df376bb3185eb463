/**
 * What the pages tell people to type is understood by the command: its names, flags, and numbers of operands.
 */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { commands } from "../../packages/cli/src/commands.ts"
import { type Command, type CommandEntry, isGroup } from "../../packages/cli/src/Command.ts"
import { dispatch } from "../../packages/cli/src/dispatch.ts"
import { exitCodes } from "../../packages/cli/src/ExitCode.ts"
import type { Shell } from "../../packages/cli/src/Shell.ts"

const root = join(import.meta.dirname, "..", "..")

const inert = <One extends Command>(command: One): One => ({ ...command, run: () => Promise.resolve(exitCodes.done) })
const inertCommands = commands.map((entry): CommandEntry => ({
  ...entry,
  load: async () => {
    const loaded = await entry.load()
    return isGroup(loaded) ? { ...loaded, commands: loaded.commands.map(inert) } : inert(loaded)
  }
}))

/** What is typed, without what a shell takes for itself: redirections, pipes and quotes. */
const wordsOf = (typed: string): ReadonlyArray<string> =>
  [...typed.replace(/\s[|<>].*$/, "").matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) =>
    double ?? single ?? bare ?? ""
  )

/** Lines of shell blocks that run the command; patterns such as `ORDER... | --all` are no such lines. */
const typedIn = (markdown: string): ReadonlyArray<string> =>
  [...markdown.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap(([, block]) => block!.replaceAll("\\\n", " ").split("\n"))
    .flatMap((line) => /(?:^|\| |npx )docdata (.+)$/.exec(line)?.slice(1) ?? [])
    .filter((typed) => !/\[|\.\.\.|\|-| \| --/.test(typed))

const pages = globSync("{README.md,docs/**/*.md,packages/*/README.md}", { cwd: root }).toSorted()
const typed = pages.flatMap((page) => typedIn(readFileSync(join(root, page), "utf8")).map((line) => [page, line]))

it.each(typed)("%s: docdata %s", async (_page, line) => {
  const complaints: Array<string> = []
  const shell: Shell = {
    environment: {},
    stdin: (async function*() {})(),
    write: () => Promise.resolve(),
    complain: (complaint) => {
      complaints.push(complaint)
    },
    nowMs: () => 0,
    columns: 80,
    colour: false,
    interrupted: () => Promise.resolve()
  }
  const code = await dispatch(wordsOf(line), inertCommands, shell)
  expect({ code, complaints }).toEqual({ code: exitCodes.done, complaints: [] })
})

it("finds what is typed in the guide", () => {
  expect(typed.filter(([page]) => page!.startsWith("docs/guides/")).length).toBeGreaterThan(5)
})
