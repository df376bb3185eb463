/**
 * `docdata methods`.
 */
import type { Command } from "../Command.ts"
import { jsonFlag, orderNotes, storeFlags } from "./orders/flags.ts"

export const methods: Command = {
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [...storeFlags, jsonFlag("methods", true)],
  notes: orderNotes,
  run: async (given, shell) => {
    const { runMethods } = await import("../orders/runMenu.ts")
    return runMethods(given, shell)
  }
}
