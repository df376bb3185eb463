/**
 * `docdata orders erase`.
 */
import type { GroupCommand } from "../../Command.ts"
import { orderNotes, storeFlags, yesFlag } from "./flags.ts"

export const erase: GroupCommand = {
  name: "erase",
  summary: "take personal data of an order out of the stores",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [...storeFlags, yesFlag],
  notes: [
    orderNotes,
    "Texts of exchanges and reasons in reports go; statuses, amounts, decisions and",
    "events stay, so that the books stay. Repeating is safe."
  ].join("\n"),
  run: async (given, shell) => {
    const { runErase } = await import("../../orders/runExport.ts")
    return runErase(given, shell)
  }
}
