/**
 * Finds the command that was typed and runs it.
 */
import { badUsage } from "./badUsage.ts"
import { type Command, type CommandEntry, isGroup, type Listed } from "./Command.ts"
import { type ExitCode, exitCodes } from "./ExitCode.ts"
import { helpOfCommand, helpOfGroup, overview } from "./helpText.ts"
import { readArguments, unknownFlag } from "./readArguments.ts"
import type { Shell } from "./Shell.ts"
import { nearestWord, printable } from "@docdata/service/text"
import { version } from "./version.ts"

const exitCodesWord = "exit-codes"

const isHelp = (word: string): boolean => word === "--help" || word === "-h"

// Words after `--` are operands, whatever they look like.
const asksForHelp = (words: ReadonlyArray<string>): boolean => {
  const end = words.indexOf("--")
  return words.slice(0, end === -1 ? words.length : end).some(isHelp)
}

const unknown = (typed: string, entries: ReadonlyArray<Listed>): string => {
  if (typed.startsWith("-")) return unknownFlag(typed, [{ name: "version" }])
  const meant = nearestWord(typed, entries.map(({ name }) => name))
  return `unknown command ${printable(typed)}${meant === undefined ? "" : `, did you mean ${meant}?`}`
}

/** What was typed, and where: `docdata`, or `docdata orders`. */
interface Place {
  readonly path: string
  readonly typed: ReadonlyArray<string>
}

const runCommand = async (command: Listed & Command, { path, typed }: Place, shell: Shell): Promise<ExitCode> => {
  if (asksForHelp(typed)) {
    await shell.write(helpOfCommand(command, path, shell.columns))
    return exitCodes.done
  }
  const given = readArguments(command, typed)
  return "problem" in given ? badUsage(shell, path, given.problem) : command.run(given, shell)
}

interface Choice<One extends Listed> {
  readonly entries: ReadonlyArray<One>
  /** Writes the page of all of them. */
  readonly help: () => string
  readonly run: (one: One, inside: Place) => Promise<ExitCode>
}

/** Runs the one of the entries that was typed. */
const runOneOf = async <One extends Listed>(
  { path, typed }: Place,
  shell: Shell,
  { entries, help, run }: Choice<One>
): Promise<ExitCode> => {
  const [first, ...rest] = typed
  if (first === undefined) return badUsage(shell, path, "no command given")
  if (isHelp(first)) {
    await shell.write(help())
    return exitCodes.done
  }
  const entry = entries.find(({ name }) => name === first)
  if (entry === undefined) return badUsage(shell, path, unknown(first, entries))
  return run(entry, { path: `${path} ${entry.name}`, typed: rest })
}

const runEntry = async ({ load, name, summary }: CommandEntry, place: Place, shell: Shell): Promise<ExitCode> => {
  const loaded = await load()
  if (!isGroup(loaded)) return runCommand({ ...loaded, name, summary }, place, shell)
  return runOneOf(place, shell, {
    entries: loaded.commands,
    help: () => helpOfGroup({ ...loaded, name, summary }, shell.columns),
    run: (command, inside) => runCommand(command, inside, shell)
  })
}

/** Runs what was typed after `docdata` and resolves with the exit code. Rejects only on a defect. */
export const dispatch = async (
  typed: ReadonlyArray<string>,
  commands: ReadonlyArray<CommandEntry>,
  shell: Shell
): Promise<ExitCode> => {
  const [first, ...rest] = typed
  if (first === "--version") {
    await shell.write(`${version}\n`)
    return exitCodes.done
  }
  if (first === "help" && rest[0] === exitCodesWord) {
    const { exitCodesPage } = await import("./exitCodesPage.ts")
    await shell.write(exitCodesPage(shell.columns))
    return exitCodes.done
  }
  // `docdata help orders list` is `docdata orders list --help`.
  const words = first === "help" ? [...rest, "--help"] : typed
  return runOneOf({ path: "docdata", typed: words }, shell, {
    entries: commands,
    help: () => overview(commands, shell.columns),
    run: (entry, inside) => runEntry(entry, inside, shell)
  })
}
