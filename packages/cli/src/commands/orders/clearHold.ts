/**
 * `docdata orders clear-hold`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, orderNotes, storeFlags, yesFlag } from "./flags.ts"

export const clearHold: GroupCommand = {
  name: "clear-hold",
  summary: "let an order go that is held",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [...storeFlags, yesFlag, jsonFlag("orders-clear-hold")],
  notes: [
    orderNotes,
    "The refresh that follows decides whether the goods may leave; a new reason holds",
    "the order again. Repeating is safe."
  ].join("\n"),
  run: async (given, shell) => {
    const { runClearHold } = await import("../../orders/runClearHold.ts")
    return runClearHold(given, shell)
  }
}
