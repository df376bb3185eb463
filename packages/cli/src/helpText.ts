/**
 * The help pages, made from the descriptions of the commands.
 */
import type { Command, CommandGroup, Flag, GroupCommand, Listed } from "./Command.ts"
import { table } from "./text/table.ts"
import { beside } from "./text/wrap.ts"
import { version } from "./version.ts"

const exitCodeLines = [
  "Exit codes",
  "  0  done",
  "  1  not written, a store failed, something is wrong, or a fault of this program",
  "  2  the command line, its input or the settings were not understood",
  "  3  the provider's reply is an error reply or a SOAP fault",
  "  4  no such order, not possible now, or answered with no; nothing was done",
  "  5  no answer from the provider, and nothing was done: repeating is safe",
  "  6  the provider may have done it: look at the order before repeating",
  "  7  some of several orders failed; the others are done"
]

const indented = (lines: ReadonlyArray<string>): ReadonlyArray<string> => lines.map((line) => `  ${line}`)

const entryLines = (entries: ReadonlyArray<Listed>): ReadonlyArray<string> =>
  indented(table(entries.map(({ name, summary }) => [name, summary])))

/** `docdata --help`. */
export const overview = (commands: ReadonlyArray<Listed>): string =>
  [
    `docdata ${version}: the right status of a Docdata (CM.com) order, and why`,
    "",
    "Usage",
    "  docdata COMMAND [--help]",
    "",
    "Commands",
    ...entryLines(commands),
    "",
    "Flags",
    ...indented(table([["--help, -h", "this page, or that of a command"], ["--version", "the version"]])),
    "",
    ...exitCodeLines,
    ""
  ].join("\n")

const flagLabel = ({ name, value }: Flag): string => value === undefined ? `--${name}` : `--${name} ${value}`

const flagLines = (flags: ReadonlyArray<Flag>, columns: number): ReadonlyArray<string> => {
  const width = Math.max(...flags.map((flag) => flagLabel(flag).length)) + 2
  return flags.flatMap((flag) => beside(`  ${flagLabel(flag).padEnd(width)}`, flag.words, columns))
}

// What every page ends with.
const page = ({ flags, notes }: Pick<Command, "flags" | "notes">, columns: number): ReadonlyArray<string> => [
  "Flags",
  ...flagLines([...flags, { name: "help", words: "this page" }], columns),
  "",
  ...(notes === "" ? [] : [notes, ""]),
  ...exitCodeLines,
  ""
]

/** `docdata GROUP --help`. */
export const helpOfGroup = ({ commands, name, notes, summary }: Listed & CommandGroup, columns: number): string =>
  [
    `docdata ${name}: ${summary}`,
    "",
    "Usage",
    `  docdata ${name} COMMAND [--help]`,
    "",
    "Commands",
    ...entryLines(commands),
    "",
    ...page({ flags: [], notes }, columns)
  ].join("\n")

/** `docdata COMMAND --help`. `path` is what to type for the command: `docdata orders list`. */
export const helpOfCommand = (command: GroupCommand, path: string, columns: number): string =>
  [
    `${path}: ${command.summary}`,
    "",
    "Usage",
    `  ${[path, command.operands, "[FLAGS]"].filter((part) => part !== "").join(" ")}`,
    "",
    ...page(command, columns)
  ].join("\n")
