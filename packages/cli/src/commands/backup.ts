/**
 * `docdata backup`: a copy of the database.
 */
import type { Command } from "../Command.ts"
import { settingsFlag } from "../settings/settingsFlag.ts"

export const backup: Command = {
  operands: "FILE",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "json", words: "one JSON object; its schema: docdata schema backup" },
    settingsFlag
  ],
  notes: "The service goes on meanwhile. No file is overwritten. PostgreSQL: use pg_dump.",
  run: async (given, shell) => {
    const { runBackup } = await import("../backup/runBackup.ts")
    return runBackup(given, shell)
  }
}
