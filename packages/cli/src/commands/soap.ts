/**
 * `docdata soap`: what goes over the wire, to look at. Nothing is sent.
 */
import { badUsage } from "../badUsage.ts"
import { operationChoices } from "../choices.ts"
import type { CommandGroup, Flag, GroupCommand } from "../Command.ts"
import { printable } from "@docdata/service/text"

const showSecrets: Flag = { name: "show-secrets", words: "show passwords, tokens, accounts and names instead of ***" }

const encode: GroupCommand = {
  name: "encode",
  summary: "show the envelope of a request",
  operands: "OPERATION",
  operandCount: { min: 1, max: 1 },
  flags: [showSecrets],
  notes: [
    "Reads JSON from standard input and prints the envelope that would be sent, with",
    "*** in place of every secret. Nothing is sent.",
    "",
    "  {\"merchant\": {\"environment\": \"test\", \"merchantName\": \"shop\",",
    "                \"password\": \"...\"},",
    "   \"input\": {\"paymentId\": \"4910079745\",",
    "             \"amount\": {\"minor\": 1000, \"currency\": \"EUR\"}}}",
    "",
    `OPERATION is ${operationChoices.slice(0, 5).join(", ")},`,
    `${operationChoices.slice(5).join(", ")}.`
  ].join("\n"),
  run: async ({ operands: [typed = ""], switches }, shell) => {
    const operation = operationChoices.find((choice) => choice === typed)
    if (operation === undefined) {
      const clause = `OPERATION is ${operationChoices.join(", ")}; not ${printable(typed)}`
      return badUsage(shell, "docdata soap encode", clause)
    }
    const { runEncode } = await import("../soap/runEncode.ts")
    return runEncode(operation, shell, switches.has("show-secrets"))
  }
}

const decode: GroupCommand = {
  name: "decode",
  summary: "read a reply",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [showSecrets],
  notes: [
    "Reads a reply from standard input and prints what it says as JSON, with *** in",
    "place of personal data."
  ].join("\n"),
  run: async ({ switches }, shell) => {
    const { runDecode } = await import("../soap/runDecode.ts")
    return runDecode(shell, switches.has("show-secrets"))
  }
}

export const soap: CommandGroup = {
  commands: [encode, decode],
  notes: "Nothing is sent."
}
