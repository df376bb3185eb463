/**
 * `docdata menu-url`.
 */
import type { Command } from "../Command.ts"
import { jsonFlag, orderNotes, storeFlags } from "./orders/flags.ts"

export const menuUrl: Command = {
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "language", value: "LL", words: "two letters; that of the order if absent" },
    { name: "method", value: "NAME", words: "this method first, with its form open" },
    { name: "issuer", value: "ID", words: "the bank, for iDEAL" },
    { name: "skip-menu", words: "with --method: straight on to it; only for one-click methods" },
    ...storeFlags,
    jsonFlag("menu-url")
  ],
  notes: `${orderNotes}\nNothing is asked of Docdata.`,
  run: async (given, shell) => {
    const { runMenuUrl } = await import("../orders/runMenu.ts")
    return runMenuUrl(given, shell)
  }
}
