/**
 * The help pages, made from the descriptions of the commands.
 */
import type { Command, CommandGroup, Flag, GroupCommand, Listed } from "./Command.ts"
import { tableWithin } from "./text/tableWithin.ts"
import { beside, wrap } from "./text/wrap.ts"
import { version } from "./version.ts"

const exitCodeTexts = [
  "done",
  "not written, a store failed, something is wrong, or a fault of this program",
  "the command line, its input or the settings were not understood",
  "the provider's reply is an error reply or a SOAP fault",
  "no such order, not possible now, or answered with no; nothing was done",
  "no answer from the provider, and nothing was done: repeating is safe",
  "the provider may have done it: refresh the order before repeating",
  "some of several orders failed; the others are done"
]

/** Rows under a title, indented. */
const section = (
  title: string,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  columns: number
): ReadonlyArray<string> => [title, ...tableWithin(rows, columns - 2).map((line) => `  ${line}`)]

const exitCodeLines = (columns: number): ReadonlyArray<string> =>
  section("Exit codes", exitCodeTexts.map((words, code) => [String(code), words]), columns)

const entryLines = (entries: ReadonlyArray<Listed>, columns: number): ReadonlyArray<string> =>
  section("Commands", entries.map(({ name, summary }) => [name, summary]), columns)

/** `docdata --help`. */
export const overview = (commands: ReadonlyArray<Listed>, columns: number): string =>
  [
    ...wrap(`docdata ${version}: the right status of a Docdata (CM.com) order, and why`, columns),
    "",
    "Usage",
    "  docdata COMMAND [--help]",
    "",
    ...entryLines(commands, columns),
    "",
    ...section("Flags", [["--help, -h", "this page, or that of a command"], ["--version", "the version"]], columns),
    "",
    ...exitCodeLines(columns),
    ""
  ].join("\n")

/** Where notes are broken as they are written. */
const notesColumns = 80

/** Notes; on a narrow terminal paragraphs are broken anew, and examples (indented) stay. */
const noteLines = (notes: string, columns: number): ReadonlyArray<string> => {
  if (columns >= notesColumns) return notes.split("\n")
  const lines: Array<string> = []
  let paragraph = ""
  for (const line of [...notes.split("\n"), ""]) {
    if (line !== "" && !line.startsWith(" ")) {
      paragraph = paragraph === "" ? line : `${paragraph} ${line}`
      continue
    }
    if (paragraph !== "") lines.push(...wrap(paragraph, columns))
    paragraph = ""
    lines.push(line)
  }
  return lines.slice(0, -1)
}

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
  ...(notes === "" ? [] : [...noteLines(notes, columns), ""]),
  ...exitCodeLines(columns),
  ""
]

/** `docdata GROUP --help`. */
export const helpOfGroup = ({ commands, name, notes, summary }: Listed & CommandGroup, columns: number): string =>
  [
    ...wrap(`docdata ${name}: ${summary}`, columns),
    "",
    "Usage",
    `  docdata ${name} COMMAND [--help]`,
    "",
    ...entryLines(commands, columns),
    "",
    ...page({ flags: [], notes }, columns)
  ].join("\n")

/** `docdata COMMAND --help`. `path` is what to type for the command: `docdata orders list`. */
export const helpOfCommand = (command: GroupCommand, path: string, columns: number): string =>
  [
    ...wrap(`${path}: ${command.summary}`, columns),
    "",
    "Usage",
    `  ${[path, command.operands, "[FLAGS]"].filter((part) => part !== "").join(" ")}`,
    "",
    ...page(command, columns)
  ].join("\n")
