/**
 * A command of `docdata`: what it is called, what it takes, what it does. One file each in `commands/`; several that
 * do something to the same thing share a group, such as `docdata orders list`.
 *
 * Every start loads the names of all commands (`commands.ts`), and the file of the one that was typed, or of its group.
 * So that file holds little more than this description; what the command works with it imports in `run`.
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
  /** What completion offers, if it has to be loaded. */
  readonly offers?: () => Promise<ReadonlyArray<string>>
  readonly words: string
}

/** What was typed, already checked against the command's flags and number of operands. */
export interface Given {
  readonly operands: ReadonlyArray<string>
  readonly values: ReadonlyMap<string, string>
  readonly switches: ReadonlySet<string>
}

/** A line in a list of commands. */
export interface Listed {
  readonly name: string
  readonly summary: string
}

/** What a command takes and does, whatever its name. */
export interface Command {
  /** How the help names the operands: `REPORT.xml|-`. Empty if there are none. */
  readonly operands: string
  readonly operandCount: { readonly min: number; readonly max: number }
  readonly flags: ReadonlyArray<Flag>
  /** What completion offers for the operand. */
  readonly offers?: () => Promise<ReadonlyArray<string>>
  /** What the help says below the flags. */
  readonly notes: string
  readonly run: (given: Given, shell: Shell) => Promise<ExitCode>
}

/** A command of a group. */
export interface GroupCommand extends Listed, Command {}

/** Commands under one word. Groups hold no groups. */
export interface CommandGroup {
  readonly commands: ReadonlyArray<GroupCommand>
  /** What the help says below the commands. */
  readonly notes: string
}

/** What can follow `docdata`: a command or a group, loaded when it is typed. */
export interface CommandEntry extends Listed {
  readonly load: () => Promise<Command | CommandGroup>
}

export const isGroup = (one: Command | CommandGroup): one is CommandGroup => "commands" in one
