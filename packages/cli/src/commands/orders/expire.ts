/**
 * `docdata orders expire`.
 */
import type { GroupCommand } from "../../Command.ts"
import { dryRunFlag, jsonFlag, orderNotes, storeFlags } from "./flags.ts"

export const expire: GroupCommand = {
  name: "expire",
  summary: "expire orders that nobody finished, after asking Docdata",
  operands: "[ORDER...]",
  operandCount: { min: 0, max: Infinity },
  flags: [
    { name: "older-than", value: "DAYS", words: "all that are new, in progress or pending and older than this" },
    dryRunFlag,
    ...storeFlags,
    jsonFlag("orders-expire", true)
  ],
  notes: [
    orderNotes,
    "Money that came in at the last moment wins: what Docdata says decides. An order",
    "that fails is told and stops nothing."
  ].join("\n"),
  run: async (given, shell) => {
    const { runExpire } = await import("../../orders/runRefresh.ts")
    return runExpire(given, shell)
  }
}
