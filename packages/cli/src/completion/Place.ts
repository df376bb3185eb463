/**
 * What can be typed after `docdata`, as a list of places in the command line.
 */
import { type Command, type Flag, isGroup, type Listed } from "../Command.ts"
import type { LoadedEntry } from "../loadCommands.ts"

/** A word and what it does. */
interface Word {
  readonly word: string
  readonly words: string
}

/** A place: behind `docdata`, behind a group's name, or behind a command's. */
export interface Place {
  /** The words up to here: none, `orders`, or `orders list`. */
  readonly path: string
  /** Names that may follow. */
  readonly names: ReadonlyArray<Word>
  readonly flags: ReadonlyArray<Flag>
  /** True if an operand is a file. */
  readonly takesFile: boolean
}

const help: Flag = { name: "help", words: "this page" }

/** True for the placeholders of file names: `FILE`, `REPORT.xml|-`. */
const isFile = (placeholder: string): boolean => /FILE|\.[a-z]+\b/.test(placeholder)

const namesOf = (entries: ReadonlyArray<Listed>): ReadonlyArray<Word> =>
  entries.map(({ name, summary }) => ({ word: name, words: summary }))

const flagWithChoices = async (flag: Flag): Promise<Flag> =>
  flag.offers === undefined ? flag : { ...flag, oneOf: await flag.offers() }

const commandPlace = async (path: string, { flags, offers, operands }: Command): Promise<Place> => ({
  path,
  names: (await offers?.() ?? []).map((word) => ({ word, words: "" })),
  flags: [...await Promise.all(flags.map(flagWithChoices)), help],
  takesFile: isFile(operands)
})

/** All places, the outermost first. */
export const placesOf = async (commands: ReadonlyArray<LoadedEntry>): Promise<ReadonlyArray<Place>> => {
  const inner = await Promise.all(commands.map(async (entry) =>
    isGroup(entry)
      ? [
        { path: entry.name, names: namesOf(entry.commands), flags: [help], takesFile: false },
        ...await Promise.all(entry.commands.map((command) => commandPlace(`${entry.name} ${command.name}`, command)))
      ]
      : [await commandPlace(entry.name, entry)]
  ))
  return [
    {
      path: "",
      names: [...namesOf(commands), { word: "help", words: "the page of a command" }],
      flags: [help, { name: "version", words: "the version" }],
      takesFile: false
    },
    ...inner.flat()
  ]
}

/** What completes the value of a flag: one of some words, a file, or nothing that could be known. */
export const valuesOf = ({ oneOf, value = "" }: Flag): ReadonlyArray<string> | "files" | "nothing" =>
  oneOf ?? (isFile(value) ? "files" : "nothing")
