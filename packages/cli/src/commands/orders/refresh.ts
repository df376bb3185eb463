/**
 * `docdata orders refresh`.
 */
import type { GroupCommand } from "../../Command.ts"
import { dryRunFlag, jsonFlag, orderNotes, statusFlag, storeFlags } from "./flags.ts"

export const refresh: GroupCommand = {
  name: "refresh",
  summary: "ask Docdata what is true of orders now, and store it",
  operands: "[ORDER...]",
  operandCount: { min: 0, max: Infinity },
  flags: [
    { name: "all", words: "all orders" },
    { ...statusFlag, words: "all orders with this status" },
    dryRunFlag,
    ...storeFlags,
    jsonFlag("orders-refresh", true)
  ],
  notes: [
    orderNotes,
    "One of ORDER..., --all and --status says which orders. An order that fails is",
    "told and stops nothing. Calls keep to the account's rate (checks per minute)."
  ].join("\n"),
  run: async (given, shell) => {
    const { runRefresh } = await import("../../orders/runRefresh.ts")
    return runRefresh(given, shell)
  }
}
