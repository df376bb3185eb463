/**
 * `docdata orders explain`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, orderNotes, storeFlags } from "./flags.ts"

export const explainOrder: GroupCommand = {
  name: "explain",
  summary: "say why an order has its status, and what happened to it",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [...storeFlags, jsonFlag("orders-explain")],
  notes: `${orderNotes}\nNothing is asked of Docdata: the newest stored report is explained.`,
  run: async (given, shell) => {
    const { runExplainOrder } = await import("../../orders/runExplainOrder.ts")
    return runExplainOrder(given, shell)
  }
}
