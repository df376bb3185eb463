/**
 * `docdata orders export`.
 */
import type { GroupCommand } from "../../Command.ts"
import { orderNotes, storeFlags } from "./flags.ts"

export const exportOrder: GroupCommand = {
  name: "export",
  summary: "print everything stored about an order, as JSON",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: storeFlags,
  notes: [
    orderNotes,
    "One JSON object with the order, payments, modifications, events and all",
    "observations with their redacted exchanges; its schema: docdata schema",
    "orders-export."
  ].join("\n"),
  run: async (given, shell) => {
    const { runExport } = await import("../../orders/runExport.ts")
    return runExport(given, shell)
  }
}
