/**
 * `docdata soap`: what goes over the wire, to look at. Nothing is sent.
 */
import { operationChoices } from "../choices.ts"
import type { Command } from "../Command.ts"

export const soap: Command = {
  name: "soap",
  summary: "show the envelope of a request, or read one of a reply",
  operands: "encode OPERATION|decode",
  operandCount: { min: 1, max: 2 },
  flags: [{ name: "show-secrets", words: "show passwords, tokens, accounts and names instead of ***" }],
  notes: [
    "encode reads JSON from standard input and prints the envelope that would be",
    "sent, with *** in place of every secret; decode reads a reply and prints what",
    "it says as JSON, with *** in place of personal data. Nothing is sent.",
    "",
    "  {\"merchant\": {\"environment\": \"test\", \"merchantName\": \"shop\",",
    "                \"password\": \"...\"},",
    "   \"input\": {\"paymentId\": \"4910079745\",",
    "             \"amount\": {\"minor\": 1000, \"currency\": \"EUR\"}}}",
    "",
    `OPERATION is ${operationChoices.slice(0, 5).join(", ")},`,
    `${operationChoices.slice(5).join(", ")}.`
  ].join("\n"),
  run: async (given, shell) => {
    const { runSoap } = await import("../soap/runSoap.ts")
    return runSoap(given, shell)
  }
}
