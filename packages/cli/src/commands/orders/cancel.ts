/**
 * `docdata orders cancel`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, orderNotes, storeFlags, yesFlag } from "./flags.ts"

export const cancel: GroupCommand = {
  name: "cancel",
  summary: "cancel an order at Docdata",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [...storeFlags, yesFlag, jsonFlag("orders-cancel")],
  notes: [
    orderNotes,
    "Docdata's answer and a refresh afterwards decide whether the order is cancelled;",
    "money that came in meanwhile wins. Repeating is safe."
  ].join("\n"),
  run: async (given, shell) => {
    const { runCancel } = await import("../../orders/runCancel.ts")
    return runCancel(given, shell)
  }
}
