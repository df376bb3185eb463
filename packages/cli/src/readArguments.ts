/**
 * From the words typed after a command's name to checked flags and operands.
 */
import { parseArgs } from "node:util"
import type { Command, Flag, Given } from "./Command.ts"
import { nearestWord } from "./text/nearestWord.ts"
import { printable } from "./text/printable.ts"

type Options = Readonly<Record<string, { readonly type: "string" | "boolean" }>>

const optionsOf = (flags: ReadonlyArray<Flag>): Options =>
  Object.fromEntries(flags.map(({ name, value }) => [name, { type: value === undefined ? "boolean" : "string" }]))

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

/** `unknown flag --refrence, did you mean --reference?` */
export const unknownFlag = (typed: string, flags: ReadonlyArray<Pick<Flag, "name">>): string => {
  const meant = nearestWord(typed, [...flags, { name: "help" }].map(({ name }) => `--${name}`))
  return `unknown flag ${printable(typed)}${meant === undefined ? "" : `, did you mean ${meant}?`}`
}

// What is wrong with one flag as typed, or nothing.
const flagViolation = (flag: Flag, token: OptionToken, given: ReadonlySet<string>): string | undefined => {
  const typed = printable(token.rawName)
  if (given.has(flag.name)) return `${typed} is given twice`
  if (flag.value === undefined) return token.value === undefined ? undefined : `${typed} takes no value`
  // After a flag that was left without its value, the next flag would be taken for it.
  const looksLikeFlag = token.inlineValue === false && /^-./.test(token.value ?? "")
  if (token.value === undefined || token.value === "" || looksLikeFlag) return `${typed} needs a value: ${flag.value}`
  if (flag.oneOf !== undefined && !flag.oneOf.includes(token.value)) {
    return `${typed} is ${flag.oneOf.join(", ")}; not ${printable(token.value)}`
  }
  return undefined
}

/** Why the words typed were not understood: a clause without the command's name, such as `unknown flag --bogus`. */
export interface UsageViolation {
  readonly problem: string
}

/** Reads what was typed. A plain union, because this runs in every start and `Result` would double what is loaded. */
export const readArguments = (command: Command, typed: ReadonlyArray<string>): Given | UsageViolation => {
  // Not strict: its own refusals take several lines and differ between versions of Node.
  const { tokens } = parseArgs({
    args: [...typed],
    options: optionsOf(command.flags),
    strict: false,
    allowPositionals: true,
    tokens: true
  })
  const operands: Array<string> = []
  const values = new Map<string, string>()
  const switches = new Set<string>()
  const given = new Set<string>()
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value)
    if (token.kind !== "option") continue
    const flag = command.flags.find(({ name }) => name === token.name && token.rawName === `--${name}`)
    if (flag === undefined) return { problem: unknownFlag(token.rawName, command.flags) }
    const problem = flagViolation(flag, token, given)
    if (problem !== undefined) return { problem }
    given.add(token.name)
    if (token.value === undefined) switches.add(token.name)
    else values.set(token.name, token.value)
  }
  const { max, min } = command.operandCount
  if (operands.length < min) return { problem: `${command.operands} is missing` }
  if (operands.length > max) return { problem: `unexpected operand ${printable(operands[max]!)}` }
  return { operands, values, switches }
}
