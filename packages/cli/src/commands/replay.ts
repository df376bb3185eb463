/**
 * `docdata replay`.
 */
import { paidWhenChoices, ruleSetChoices } from "../choices.ts"
import type { Command } from "../Command.ts"
import { fromFlag, jsonFlag, statusFlag, storeFlags, toFlag } from "./orders/flags.ts"

export const replay: Command = {
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { name: "rules", value: "SET", oneOf: ruleSetChoices, words: `the rules: ${ruleSetChoices.join(", ")}` },
    {
      name: "paid-when",
      value: "POLICY",
      oneOf: paidWhenChoices,
      words: `what makes it paid: ${paidWhenChoices.join(", ")}`
    },
    statusFlag,
    fromFlag,
    toFlag,
    ...storeFlags,
    jsonFlag("replay", true)
  ],
  notes: [
    "Decides every stored refresh again, order by order from the first one on, under",
    "the account's policy of the settings, or parts of it replaced by --rules and",
    "--paid-when. Nothing is stored and nothing is asked of Docdata."
  ].join("\n"),
  run: async (given, shell) => {
    const { runReplay } = await import("../orders/runReplay.ts")
    return runReplay(given, shell)
  }
}
