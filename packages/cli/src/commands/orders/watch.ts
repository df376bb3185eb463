/**
 * `docdata orders watch`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, orderNotes, storeFlags } from "./flags.ts"

export const watch: GroupCommand = {
  name: "watch",
  summary: "tell what happens to an order until it is final",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [...storeFlags, jsonFlag("orders-watch", true)],
  notes: [
    orderNotes,
    "Begins with what happened so far. Docdata is asked every 30 seconds. Ends when",
    "the order is paid, closed or given back, or with Ctrl-C."
  ].join("\n"),
  run: async (given, shell) => {
    const { runWatch } = await import("../../orders/runExplainOrder.ts")
    return runWatch(given, shell)
  }
}
