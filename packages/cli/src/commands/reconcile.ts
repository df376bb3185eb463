/**
 * `docdata reconcile`: a stream of questions in, a stream of decisions out.
 */
import { paidWhenChoices, ruleSetChoices } from "../choices.ts"
import type { Command } from "../Command.ts"

export const reconcile: Command = {
  operands: "[FILE|-]",
  operandCount: { min: 0, max: 1 },
  flags: [
    { name: "jsonl", words: "required: lines of JSON in and out" },
    { name: "rules", value: "SET", oneOf: ruleSetChoices, words: `the rules: ${ruleSetChoices.join(", ")}` },
    {
      name: "paid-when",
      value: "POLICY",
      oneOf: paidWhenChoices,
      words: `what makes it paid: ${paidWhenChoices.join(", ")}`
    },
    { name: "now", value: "INSTANT", words: "judge as of this instant unless a line has nowMs" }
  ],
  notes: [
    "A line: {\"order\": ..., \"payments\": [...], \"report\": ...} and, if wanted, intent,",
    "nowMs and policy (the parts that differ). Its answer: order, payments, decision,",
    "findings, events; amounts in minor units. Answers keep the order of the input.",
    "A bad line is told on stderr and has no answer, and the exit code is 2 in the",
    "end. Blank lines are passed over. Without FILE, standard input is read."
  ].join("\n"),
  run: async (given, shell) => {
    const { runReconcile } = await import("../reconcile/runReconcile.ts")
    return runReconcile(given, shell)
  }
}
