/**
 * The help pages, made from the descriptions of the commands.
 */
import type { Command, Flag } from "./Command.ts"
import { table } from "./text/table.ts"
import { beside } from "./text/wrap.ts"
import { version } from "./version.ts"

const exitCodeLines = [
  "Exit codes",
  "  0  done",
  "  1  the output could not be written, or a fault of this program",
  "  2  the command line or its input was not understood; stderr says where",
  "  3  the provider's reply is an error reply or a SOAP fault"
]

const indented = (lines: ReadonlyArray<string>): ReadonlyArray<string> => lines.map((line) => `  ${line}`)

/** `docdata --help`. */
export const overview = (commands: ReadonlyArray<Command>): string =>
  [
    `docdata ${version}: the right status of a Docdata (CM.com) order, and why`,
    "",
    "Usage",
    "  docdata COMMAND [--help]",
    "",
    "Commands",
    ...indented(table(commands.map(({ name, summary }) => [name, summary]))),
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

/** `docdata COMMAND --help`. */
export const helpOf = (command: Command, columns: number): string => {
  const flags = [...command.flags, { name: "help", words: "this page" }]
  return [
    `docdata ${command.name}: ${command.summary}`,
    "",
    "Usage",
    `  ${["docdata", command.name, command.operands, "[FLAGS]"].filter((part) => part !== "").join(" ")}`,
    "",
    "Flags",
    ...flagLines(flags, columns),
    "",
    ...(command.notes === "" ? [] : [command.notes, ""]),
    ...exitCodeLines,
    ""
  ].join("\n")
}
