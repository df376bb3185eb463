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
  notes:
    `${orderNotes}\nDocdata is not asked: the stored decision of the newest refresh is explained,\nwith the policy that decided. docdata replay decides again by today's policy.`,
  run: async (given, shell) => {
    const { runExplainOrder } = await import("../../orders/runExplainOrder.ts")
    return runExplainOrder(given, shell)
  }
}
