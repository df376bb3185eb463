/**
 * `docdata orders create`.
 */
import type { GroupCommand } from "../../Command.ts"
import { connectionFlags, jsonFlag } from "./flags.ts"

export const create: GroupCommand = {
  name: "create",
  summary: "create an order at Docdata",
  operands: "ORDER.json|-",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "merchant", value: "NAME", words: "the account; may be left out if there is only one" },
    ...connectionFlags,
    { name: "shop-reference", value: "TEXT", words: "the shop's own number of the order; needed" },
    { name: "idempotency-key", value: "TEXT", words: "the same for every repetition of this request; needed" },
    jsonFlag("orders-create")
  ],
  notes: [
    "The file is a JSON object as the REST API takes it in order: buyer, billTo,",
    "total in minor units, and whatever else is known. Repeating with the same key",
    "answers with the same order and asks Docdata nothing. A call of which no order",
    "came gives its key back: repeat it with the same key."
  ].join("\n"),
  run: async (given, shell) => {
    const { runCreate } = await import("../../orders/runCreate.ts")
    return runCreate(given, shell)
  }
}
