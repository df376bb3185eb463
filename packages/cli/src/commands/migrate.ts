/**
 * `docdata migrate`: the schema of the database.
 */
import type { Command } from "../Command.ts"
import { settingsFlag } from "../settings/settingsFlag.ts"

export const migrate: Command = {
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { name: "check", words: "changes nothing, and ends with 1 if the database is behind" },
    { name: "json", words: "one JSON object; its schema: docdata schema migrate" },
    settingsFlag
  ],
  notes: "docdata serve does it by itself when it starts. Safe to repeat.",
  run: async (given, shell) => {
    const { runMigrate } = await import("../migrate/runMigrate.ts")
    return runMigrate(given, shell)
  }
}
