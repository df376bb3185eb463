/**
 * `docdata import-django`: orders of the older implementation.
 */
import type { Command } from "../Command.ts"
import { settingsFlag } from "../settings/settingsFlag.ts"

export const importDjango: Command = {
  operands: "DATABASE_URL|FILE",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "merchant", value: "NAME", words: "the account that is meant where several have one login" },
    { name: "since", value: "WHEN", words: "only orders created in this month, on this day or later" },
    { name: "dry-run", words: "says what would happen, and writes nothing" },
    { name: "json", words: "one JSON object; its schema: docdata schema import-django" },
    settingsFlag
  ],
  notes: [
    "Reads postgres://user@host/database or an SQLite file, which stay as they are.",
    "An account belongs to the orders whose merchant name is its login. Announces",
    "nothing; orders that can still change are refreshed soon. Safe to repeat.",
    "",
    "The password of the address is asked for on a terminal, else it is the first",
    "line of standard input."
  ].join("\n"),
  run: async (given, shell) => {
    const { runImport } = await import("../importDjango/runImport.ts")
    return runImport(given, shell)
  }
}
