/**
 * `docdata explain`: one status reply in, its status and the reasons out.
 */
import { paidWhenChoices, ruleSetChoices } from "../choices.ts"
import type { Command } from "../Command.ts"

export const explain: Command = {
  operands: "REPORT.xml|-",
  operandCount: { min: 0, max: 1 },
  flags: [
    { name: "order", value: "FILE", words: "the order as JSON: status, created, currency, gross, ..." },
    { name: "rules", value: "SET", oneOf: ruleSetChoices, words: `the rules: ${ruleSetChoices.join(", ")}` },
    {
      name: "paid-when",
      value: "POLICY",
      oneOf: paidWhenChoices,
      words: `what makes it paid: ${paidWhenChoices.join(", ")}`
    },
    { name: "now", value: "INSTANT", words: "judge as of this instant (2026-01-31T09:30:00Z)" },
    { name: "demo", words: "explain a handful of bundled replies instead" },
    { name: "json", words: "one JSON object; its schema: docdata schema explain" }
  ],
  notes: [
    "The report is a reply to status or statusExtended, with its SOAP envelope or",
    "without. Without --order a new order of unknown amount is assumed. The order:",
    "",
    "  {\"status\": \"pending\", \"created\": \"2026-01-30T12:00:00Z\",",
    "   \"currency\": \"EUR\", \"gross\": \"33.10\"}",
    "",
    "and, if you keep them: fulfilment, hold, coveredByCapture."
  ].join("\n"),
  run: async (given, shell) => {
    const { runExplain } = await import("../explain/runExplain.ts")
    return runExplain(given, shell)
  }
}
