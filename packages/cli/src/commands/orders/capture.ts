/**
 * `docdata orders capture`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, moneyFlags, orderNotes, storeFlags, yesFlag } from "./flags.ts"

export const capture: GroupCommand = {
  name: "capture",
  summary: "ask for money of an authorised payment",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [
    ...moneyFlags,
    { name: "final", words: "no further capture follows on the payment" },
    ...storeFlags,
    yesFlag,
    jsonFlag("orders-capture")
  ],
  notes: [
    orderNotes,
    "The same reference again answers what became of the first: repeating is safe.",
    "One that Docdata took and that failed needs another reference.",
    "The money moves later; docdata orders show tells when it did."
  ].join("\n"),
  run: async (given, shell) => {
    const { runCapture } = await import("../../orders/runModify.ts")
    return runCapture(given, shell)
  }
}
