/**
 * `docdata orders start`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, orderNotes, showSecretsFlag, storeFlags } from "./flags.ts"

export const start: GroupCommand = {
  name: "start",
  summary: "start a payment without the payment menu",
  operands: "ORDER PAYMENT.json|-",
  operandCount: { min: 2, max: 2 },
  flags: [...storeFlags, showSecretsFlag, jsonFlag("orders-start")],
  notes: [
    orderNotes,
    "",
    "  {\"payment\": {\"_tag\": \"WithInput\",",
    "               \"input\": {\"_tag\": \"Ideal\", \"issuerId\": \"...\"}}}",
    "",
    "Each call is a payment of its own: after exit code 6 refresh the order first."
  ].join("\n"),
  run: async (given, shell) => {
    const { runStart } = await import("../../orders/runStart.ts")
    return runStart(given, shell)
  }
}
