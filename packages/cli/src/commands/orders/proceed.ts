/**
 * `docdata orders proceed`.
 */
import type { GroupCommand } from "../../Command.ts"
import { jsonFlag, orderNotes, storeFlags } from "./flags.ts"

export const proceed: GroupCommand = {
  name: "proceed",
  summary: "submit the callback parameters of a payment",
  operands: "ORDER RESULT.json|-",
  operandCount: { min: 2, max: 2 },
  flags: [...storeFlags, jsonFlag("orders-proceed")],
  notes: [
    orderNotes,
    "",
    "  {\"paymentId\": \"4910079745\", \"result\": {\"_tag\": \"Ideal\"}}",
    "",
    "The order is refreshed afterwards; its status says what is true.",
    "May be repeated: Docdata is asked once."
  ].join("\n"),
  run: async (given, shell) => {
    const { runProceed } = await import("../../orders/runPay.ts")
    return runProceed(given, shell)
  }
}
