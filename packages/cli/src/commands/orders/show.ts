/**
 * `docdata orders show`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, orderNotes, storeFlags } from "./flags.ts"

export const show: GroupCommand = {
  name: "show",
  summary: "show an order with payments, figures and next refresh",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [...storeFlags, jsonFlag("orders-show")],
  notes: orderNotes,
  run: async (given, shell) => {
    const { runShow } = await import("../../orders/runShow.ts")
    return runShow(given, shell)
  }
}
