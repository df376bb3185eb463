/**
 * Finds the command that was typed and runs it.
 */
import { badUsage } from "./badUsage.ts"
import { type Command, type CommandEntry, isGroup } from "./Command.ts"
import { type ExitCode, exitCodes } from "./ExitCode.ts"
import { helpOfCommand, helpOfGroup, overview } from "./helpText.ts"
import { readArguments } from "./readArguments.ts"
import type { Shell } from "./Shell.ts"
import { nearestWord } from "./text/nearestWord.ts"
import { printable } from "./text/printable.ts"
import { version } from "./version.ts"

const isHelp = (word: string): boolean => word === "--help" || word === "-h"

// Words after `--` are operands, whatever they look like.
const asksForHelp = (words: ReadonlyArray<string>): boolean => {
  const end = words.indexOf("--")
  return words.slice(0, end === -1 ? words.length : end).some(isHelp)
}

const unknown = (typed: string, entries: ReadonlyArray<CommandEntry>): string => {
  if (typed.startsWith("-")) return `unknown flag ${printable(typed)}`
  const meant = nearestWord(typed, entries.map(({ name }) => name))
  return `unknown command ${printable(typed)}${meant === undefined ? "" : `, did you mean ${meant}?`}`
}

/** What was typed, and where: `docdata`, or `docdata orders`. */
interface Place {
  readonly path: string
  readonly typed: ReadonlyArray<string>
}

const runCommand = async (command: Command, { path, typed }: Place, shell: Shell): Promise<ExitCode> => {
  if (asksForHelp(typed)) {
    await shell.write(helpOfCommand(command, path, shell.columns))
    return exitCodes.done
  }
  const given = readArguments(command, typed)
  return "problem" in given ? badUsage(shell, path, given.problem) : command.run(given, shell)
}

/** Runs one of the entries; `help` writes the page of all of them. */
const runOneOf = async (
  entries: ReadonlyArray<CommandEntry>,
  { help, ...place }: Place & { readonly help: () => string },
  shell: Shell
): Promise<ExitCode> => {
  const [first, ...rest] = place.typed
  if (first === undefined) return badUsage(shell, place.path, "no command given")
  if (isHelp(first)) {
    await shell.write(help())
    return exitCodes.done
  }
  const entry = entries.find(({ name }) => name === first)
  if (entry === undefined) return badUsage(shell, place.path, unknown(first, entries))
  const inside: Place = { path: `${place.path} ${entry.name}`, typed: rest }
  if (!isGroup(entry)) return runCommand(entry, inside, shell)
  return runOneOf(entry.commands, { ...inside, help: () => helpOfGroup(entry, shell.columns) }, shell)
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
  // `docdata help orders list` is `docdata orders list --help`.
  const words = first === "help" ? [...rest, "--help"] : typed
  return runOneOf(commands, { path: "docdata", typed: words, help: () => overview(commands) }, shell)
}
