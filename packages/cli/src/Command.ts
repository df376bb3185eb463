/**
 * A command of `docdata`: what it is called, what it takes, what it does. One file each in `commands/`; several that
 * do something to the same thing share a group, such as `docdata orders list`.
 *
 * A command's file is loaded with every start, so it holds little more than this description; what the command
 * works with it imports in `run`.
 */
import type { ExitCode } from "./ExitCode.ts"
import type { Shell } from "./Shell.ts"

/** A flag: `--name VALUE` if it has a placeholder for a value, else a switch. */
export interface Flag {
  readonly name: string
  /** How the help names the value: `FILE`. Absent for a switch. */
  readonly value?: string
  /** The only values allowed. */
  readonly oneOf?: ReadonlyArray<string>
  readonly words: string
}

/** What was typed, already checked against the command's flags and number of operands. */
export interface Given {
  readonly operands: ReadonlyArray<string>
  readonly values: ReadonlyMap<string, string>
  readonly switches: ReadonlySet<string>
}

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** How the help names the operands: `REPORT.xml|-`. Empty if there are none. */
  readonly operands: string
  readonly operandCount: { readonly min: number; readonly max: number }
  readonly flags: ReadonlyArray<Flag>
  /** What the help says below the flags. */
  readonly notes: string
  readonly run: (given: Given, shell: Shell) => Promise<ExitCode>
}

/** Commands under one word. Groups hold no groups. */
export interface CommandGroup {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  readonly commands: ReadonlyArray<Command>
  /** What the help says below the commands. */
  readonly notes: string
}

/** What can follow `docdata`. */
export type CommandEntry = Command | CommandGroup

export const isGroup = (entry: CommandEntry): entry is CommandGroup => "commands" in entry
