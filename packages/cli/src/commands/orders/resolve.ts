/**
 * `docdata orders resolve`.
 */
import { evidenceChoices, modificationKindChoices, outcomeChoices } from "../../choices.ts"
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, orderNotes, storeFlags, yesFlag } from "./flags.ts"

export const resolve: GroupCommand = {
  name: "resolve",
  summary: "say what became of a capture or refund no report names",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "kind", value: "KIND", oneOf: modificationKindChoices, words: "capture or refund; needed" },
    { name: "reference", value: "TEXT", words: "the one it was asked for under; needed" },
    {
      name: "outcome",
      value: "WHAT",
      oneOf: outcomeChoices,
      words: "confirmed: the money moved; failed: it did not and never will; needed"
    },
    {
      name: "evidence",
      value: "FROM",
      oneOf: evidenceChoices,
      words: "from what you know it: Docdata's back-office, a word of the provider, or the bank account; needed"
    },
    ...storeFlags,
    yesFlag,
    jsonFlag("orders-resolve")
  ],
  notes: [
    orderNotes,
    "Docdata is asked first, and knows better. Moves no money, but what is called",
    "failed can be captured or refunded again. Not within ten minutes of the request.",
    "Repeating is safe."
  ].join("\n"),
  run: async (given, shell) => {
    const { runResolve } = await import("../../orders/runResolve.ts")
    return runResolve(given, shell)
  }
}
