import { readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, inject, it } from "vitest"
import { commands } from "../src/commands.ts"
import { type GroupCommand, isGroup } from "../src/Command.ts"
import { exitCodes } from "../src/ExitCode.ts"
import { loadCommands, type LoadedEntry } from "../src/loadCommands.ts"
import { version } from "../src/version.ts"
import { inProcess } from "./support/inProcess.ts"
import { bundlePath, docdata } from "./support/run.ts"

const tooWide = (text: string): ReadonlyArray<string> => text.split("\n").filter(({ length }) => length > 80)

// What a file of the bundle loads before it runs: its static imports, and theirs.
const loadedBytes = (path: string, seen: Set<string> = new Set()): number => {
  if (seen.has(path)) return 0
  seen.add(path)
  const source = readFileSync(path, "utf8")
  const imports = [...source.matchAll(/^(?:import .*|import|\} from)\s*"(\.\/[^"]+)"/gm)].map(([, file]) => file!)
  return imports.reduce((sum, file) => sum + loadedBytes(join(dirname(path), file), seen), source.length)
}

const inside = (entry: LoadedEntry, path: string): ReadonlyArray<{ path: string; command: GroupCommand }> =>
  isGroup(entry)
    ? entry.commands.flatMap((command) => inside(command, `${path} ${entry.name}`))
    : [{ path: `${path} ${entry.name}`, command: entry }]

const loaded = await loadCommands(commands)
const runnable = loaded.flatMap((entry) => inside(entry, "docdata"))
const groups = loaded.flatMap((entry) => isGroup(entry) ? [entry] : [])

describe("help and version", () => {
  it("a start loads the names of commands, and the description of the one that was typed", () => {
    // The runtime of Effect alone is larger than either.
    const [namesBytesMax, startBytesMax] = [25_000, 50_000]
    expect(loadedBytes(bundlePath())).toBeLessThan(namesBytesMax)
    const chunks = Object.entries(inject("bundledSources"))
    const files = readdirSync(new URL("../src/commands", import.meta.url)).filter((name) => name.endsWith(".ts"))
    expect(files).toHaveLength(commands.length)
    for (const file of files) {
      const source = fileURLToPath(new URL(`../src/commands/${file}`, import.meta.url))
      const [description] = chunks.find(([, sources]) => sources.includes(source)) ??
        expect.fail(`${file} is not bundled`)
      expect(description, `${file} is loaded with every start`).not.toBe(basename(bundlePath()))
      const seen = new Set<string>()
      const names = loadedBytes(bundlePath(), seen)
      const bytes = names + loadedBytes(join(dirname(bundlePath()), description), seen)
      expect(bytes, file).toBeGreaterThan(names)
      expect(bytes, file).toBeLessThan(startBytesMax)
    }
  })

  it("the version is the package's", () => {
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"))
    expect(version).toBe(manifest.version)
    expect(docdata(["--version"])).toEqual({ exit: 0, stdout: `${version}\n`, stderr: "" })
  })

  it("help exit-codes lists every exit code, and no other page does", async () => {
    const { exit, stdout } = await inProcess(["help", "exit-codes"], "")
    expect(exit).toBe(0)
    for (const code of Object.values(exitCodes)) expect(stdout).toMatch(new RegExp(`^  ${code}  `, "m"))
    expect(tooWide(stdout)).toEqual([])
    for (const { path } of [{ path: "docdata" }, ...runnable]) {
      const page = await inProcess([...path.split(" ").slice(1), "--help"], "")
      expect(page.stdout).not.toMatch(/^Exit codes$/m)
    }
  })

  it("--help lists every command, within 80 columns", () => {
    const { exit, stderr, stdout } = docdata(["--help"])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"))
    expect(stdout).toContain("docdata help exit-codes")
    expect(tooWide(stdout)).toEqual([])
    expect(docdata(["-h"]).stdout).toBe(stdout)
    expect(docdata(["help"]).stdout).toBe(stdout)
  })

  it.each(runnable)("$path --help names every flag, within 80 columns, whatever else is typed", async (shown) => {
    const [, ...words] = shown.path.split(" ")
    const { exit, stdout } = await inProcess([...words, "--nonsense", "--help"], "")
    expect(exit).toBe(0)
    expect(stdout.startsWith(`${shown.path}: ${shown.command.summary}\n`)).toBe(true)
    for (const { name } of shown.command.flags) expect(stdout).toContain(`--${name}`)
    expect(tooWide(stdout)).toEqual([])
    expect((await inProcess(["help", ...words], "")).stdout).toBe(stdout)
  })

  it.each(["docdata", ...loaded.map(({ name }) => `docdata ${name}`), ...runnable.map(({ path }) => path)])(
    "%s --help fits 60 columns, but for examples",
    async (path) => {
      const { stdout } = await inProcess([...path.split(" ").slice(1), "--help"], "", { columns: 60 })
      const isExample = (line: string): boolean => /^ {2,}(docdata |source |[{"])/.test(line)
      expect(stdout.split("\n").filter((line) => line.length > 60 && !isExample(line))).toEqual([])
    }
  )

  it.each(groups)("$name --help lists its commands, within 80 columns", async (group) => {
    const { exit, stdout } = await inProcess([group.name, "--help"], "")
    expect(exit).toBe(0)
    for (const { name, summary } of group.commands) expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"))
    expect(tooWide(stdout)).toEqual([])
    expect((await inProcess(["help", group.name], "")).stdout).toBe(stdout)
  })

  it("the reference page documents every command, flag and exit code", () => {
    const page = readFileSync(new URL("../../../docs/reference/cli.md", import.meta.url), "utf8")
    for (const { command: { flags }, path } of runnable) {
      expect(page).toContain(path)
      for (const flag of flags) expect(page).toContain(`\`--${flag.name}`)
    }
    for (const { name } of commands) expect(page).toContain(`## docdata ${name}`)
    for (const code of Object.values(exitCodes)) expect(page).toMatch(new RegExp(`^\\| +${code} `, "m"))
  })
})

describe("docdata explain --demo", () => {
  it("tells ten situations in an aligned table and one in full, and ends", () => {
    const { exit, stderr, stdout } = docdata(["explain", "--demo"])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    expect(tooWide(stdout)).toEqual([])
    const lines = stdout.split("\n")
    const start = lines.findIndex((line) => line.startsWith("situation"))
    const cells = lines.slice(start + 1, start + 11).map((line) => line.split(/ {2,}/).slice(0, 4))
    expect(cells).toEqual([
      ["iDEAL, paid", "paid", "ship", "paid-in-full"],
      ["Paid, newer try cancelled", "paid", "ship", "paid-in-full"],
      ["Card, waiting for capture", "pending", "ship", "money-may-be-held"],
      ["SEPA direct debit, asked", "pending", "wait", "money-may-be-held"],
      ["Gift card and iDEAL", "pending", "wait", "money-may-be-held"],
      ["Card, authorisation voided", "cancelled", "wait", "attempt-cancelled"],
      ["Refunded in part", "paid_refunded", "ship", "paid-partly-returned"],
      ["Charged back by the bank", "charged_back", "stop", "all-returned-charged-back"],
      ["Registered 4.99, not 49.90", "unknown", "wait", "registered-below-gross"],
      ["Error reply: no such order", "-", "-", "REQUEST_DATA_INCORRECT"]
    ])
  })
})
