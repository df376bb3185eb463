/**
 * The commands with their descriptions, for what needs all of them.
 */
import type { Command, CommandEntry, CommandGroup, Listed } from "./Command.ts"

/** A command or a group that has been loaded. */
export type LoadedEntry = Listed & (Command | CommandGroup)

export const loadCommands = (entries: ReadonlyArray<CommandEntry>): Promise<ReadonlyArray<LoadedEntry>> =>
  Promise.all(entries.map(async ({ load, name, summary }) => ({ ...(await load()), name, summary })))
