/**
 * `docdata orders charge`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, orderNotes, storeFlags, yesFlag } from "./flags.ts"

export const charge: GroupCommand = {
  name: "charge",
  summary: "charge a recurring series for a period",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "series", value: "NAME", words: "the reference given when the series began; needed" },
    { name: "period", value: "KEY", words: "names the period, such as 2026-11; needed" },
    ...storeFlags,
    yesFlag,
    jsonFlag("orders-charge")
  ],
  notes: [
    orderNotes,
    "A period is charged once, whatever order asks: repeating is safe."
  ].join("\n"),
  run: async (given, shell) => {
    const { runCharge } = await import("../../orders/runPay.ts")
    return runCharge(given, shell)
  }
}
