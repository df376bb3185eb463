/**
 * `docdata orders refund`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, moneyFlags, orderNotes, storeFlags, yesFlag } from "./flags.ts"

export const refund: GroupCommand = {
  name: "refund",
  summary: "give captured money back",
  operands: "ORDER",
  operandCount: { min: 1, max: 1 },
  flags: [
    ...moneyFlags,
    {
      name: "account",
      value: "FILE|-",
      words:
        "where the money goes, as JSON, for methods that do not know: holderName, holderCity, holderCountry, iban, bic"
    },
    ...storeFlags,
    yesFlag,
    jsonFlag("orders-refund")
  ],
  notes: [
    orderNotes,
    "The same reference again answers what became of the first: repeating is safe.",
    "One that Docdata took and that failed needs another reference.",
    "The money moves later; docdata orders show tells when it did."
  ].join("\n"),
  run: async (given, shell) => {
    const { runRefund } = await import("../../orders/runModify.ts")
    return runRefund(given, shell)
  }
}
