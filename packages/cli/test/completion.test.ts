/**
 * Completion, as bash itself does it; scripts of the other shells as far as can be told without them.
 */
import { scenarios } from "@docdata/simulator"
import { spawnSync } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { type Command, isGroup } from "../src/Command.ts"
import { commands as entries } from "../src/commands.ts"
import { loadCommands } from "../src/loadCommands.ts"
import { inProcess } from "./support/inProcess.ts"

const script = async (shell: string): Promise<string> => {
  const { exit, stderr, stdout } = await inProcess(["completion", shell], "")
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
  return stdout
}

const commands = await loadCommands(entries)
const bash = await script("bash")
const folder = mkdtempSync(join(tmpdir(), "docdata-completion-"))
writeFileSync(join(folder, "report one.xml"), "")

/** What bash offers for the last word of a command line. */
const offered = (...line: ReadonlyArray<string>): ReadonlyArray<string> => {
  const words = ["docdata", ...line].map((word) => `'${word}'`).join(" ")
  const source = `${bash}
    COMP_WORDS=(${words}); COMP_CWORD=${line.length}; _docdata
    for one in "\${COMPREPLY[@]}"; do echo "$one"; done`
  const { stderr, stdout } = spawnSync("bash", ["--norc", "-c", source], { cwd: folder, encoding: "utf8" })
  expect(stderr).toBe("")
  return stdout.split("\n").filter((word) => word !== "")
}

const flagsOf = (
  { flags }: Pick<Command, "flags">
): ReadonlyArray<string> => [...flags.map(({ name }) => `--${name}`), "--help"]

describe("completion in bash", () => {
  it("offers all commands, and those that begin with what was typed", () => {
    const names = [...commands.map(({ name }) => name), "help"]
    expect(offered("")).toEqual([...names, "--help", "--version"])
    expect(offered("exp")).toEqual(names.filter((name) => name.startsWith("exp")))
    expect(offered("--v")).toEqual(["--version"])
  })

  it.each(commands)("offers what can follow $name", (entry) => {
    if (!isGroup(entry)) return expect(offered(entry.name, "--")).toEqual(flagsOf(entry))
    expect(offered(entry.name, "")).toEqual([...entry.commands.map(({ name }) => name), "--help"])
    for (const command of entry.commands) {
      expect(offered(entry.name, command.name, "--")).toEqual(flagsOf(command))
    }
  })

  it("offers the values of a flag, files where a file is meant, and nothing where nothing is known", () => {
    expect(offered("explain", "--rules", "")).toEqual(["strict", "legacy-2016", "legacy-2013"])
    expect(offered("explain", "--rules", "legacy")).toEqual(["legacy-2016", "legacy-2013"])
    expect(offered("explain", "rep")).toEqual(["report one.xml"])
    expect(offered("serve", "--settings", "rep")).toEqual(["report one.xml"])
    expect(offered("simulate", "--port", "")).toEqual([])
    expect(offered("serve", "nonsense")).toEqual([])
  })

  it("offers the names of scenarios where one is meant", () => {
    expect(offered("trigger", "")).toEqual(expect.arrayContaining(scenarios.map(({ name }) => name)))
    expect(offered("simulate", "--scenario", "")).toEqual(scenarios.map(({ name }) => name))
  })

  it("goes on behind flags, their values, and help", () => {
    expect(offered("keys", "create", "--scope", "read", "till", "--merch")).toEqual(["--merchants"])
    expect(offered("help", "keys", "")).toEqual(["create", "revoke", "list", "--help"])
  })
})

describe("completion in other shells", () => {
  it.each(["zsh", "fish"])("the script of %s names every command and flag", async (shell) => {
    const text = await script(shell)
    for (const entry of commands) {
      expect(text).toContain(entry.name)
      for (const { flags, name } of isGroup(entry) ? entry.commands : [entry]) {
        expect(text).toContain(name)
        for (const flag of flags) expect(text).toContain(flag.name)
      }
    }
    // What bash accepts as well has its brackets and quotes in order.
    if (shell === "zsh") expect(spawnSync("bash", ["-n"], { input: text, encoding: "utf8" }).stderr).toBe("")
  })

  it("another shell is refused", async () => {
    expect(await inProcess(["completion", "cmd"], "")).toEqual({
      exit: 2,
      stdout: "",
      stderr: "docdata completion: SHELL is bash, zsh, fish; not cmd; see docdata completion --help\n"
    })
  })
})
