/**
 * `docdata doctor`: whether the service could work here.
 */
import type { Command } from "../Command.ts"
import { settingsFlag } from "../settings/settingsFlag.ts"

export const doctor: Command = {
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { name: "json", words: "a JSON object a line; its schema: docdata schema doctor" },
    settingsFlag
  ],
  notes: [
    "Changes nothing. Docdata is asked for an order that does not exist, once for",
    "each account. Ends with 1 if something would keep the service from working."
  ].join("\n"),
  run: async (given, shell) => {
    const { runDoctor } = await import("../doctor/runDoctor.ts")
    return runDoctor(given, shell)
  }
}
