/**
 * Finds the command that was typed and runs it.
 */
import type { Command } from "./Command.ts"
import { type ExitCode, exitCodes } from "./ExitCode.ts"
import { helpOf, overview } from "./helpText.ts"
import { readArguments } from "./readArguments.ts"
import type { Shell } from "./Shell.ts"
import { printable } from "./text/printable.ts"
import { version } from "./version.ts"

const isHelp = (word: string): boolean => word === "--help" || word === "-h"

// Words after `--` are operands, whatever they look like.
const asksForHelp = (words: ReadonlyArray<string>): boolean => {
  const end = words.indexOf("--")
  return words.slice(0, end === -1 ? words.length : end).some(isHelp)
}

/** Runs what was typed after `docdata` and resolves with the exit code. Rejects only on a defect. */
export const dispatch = async (
  typed: ReadonlyArray<string>,
  commands: ReadonlyArray<Command>,
  shell: Shell
): Promise<ExitCode> => {
  const [first, ...rest] = typed
  if (first === undefined) {
    shell.complain("docdata: no command given; see docdata --help")
    return exitCodes.badInput
  }
  if (isHelp(first) || (first === "help" && rest.length === 0)) {
    await shell.write(overview(commands))
    return exitCodes.done
  }
  if (first === "--version") {
    await shell.write(`${version}\n`)
    return exitCodes.done
  }
  const command = commands.find(({ name }) => name === first)
  if (command === undefined) {
    const kind = first.startsWith("-") ? "flag" : "command"
    shell.complain(`docdata: unknown ${kind} ${printable(first)}; see docdata --help`)
    return exitCodes.badInput
  }
  if (asksForHelp(rest)) {
    await shell.write(helpOf(command, shell.columns))
    return exitCodes.done
  }
  const given = readArguments(command, rest)
  if ("problem" in given) {
    shell.complain(`docdata ${command.name}: ${given.problem}; see docdata ${command.name} --help`)
    return exitCodes.badInput
  }
  return command.run(given, shell)
}
