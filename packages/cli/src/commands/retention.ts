/**
 * `docdata retention`: what is kept for how long.
 */
import type { CommandGroup, GroupCommand } from "../Command.ts"
import { settingsFlag } from "../settings/settingsFlag.ts"

const run: GroupCommand = {
  name: "run",
  summary: "empty texts of old exchanges, remove old attempts",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { name: "older-than", value: "DAYS", words: "from 1 to 3650; default DOCDATA_RETENTION_DAYS" },
    { name: "dry-run", words: "counts, and changes nothing" },
    { name: "json", words: "one JSON object; its schema: docdata schema retention-run" },
    settingsFlag
  ],
  notes: [
    "Reports, decisions, findings and deliveries stay. Safe beside a running service",
    "and to repeat. With DOCDATA_RETENTION_DAYS docdata serve does it once a day."
  ].join("\n"),
  run: async (given, shell) => {
    const { runRetention } = await import("../retention/runRetention.ts")
    return runRetention(given, shell)
  }
}

export const retention: CommandGroup = {
  commands: [run],
  notes: ""
}
