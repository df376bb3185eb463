/**
 * `docdata trigger`.
 */
import type { Command } from "../Command.ts"
import { scenarioNames } from "../simulate/scenarioNames.ts"
import { jsonFlag } from "./orders/flags.ts"

export const trigger: Command = {
  operands: "[SCENARIO]",
  operandCount: { min: 0, max: 1 },
  offers: scenarioNames,
  flags: [
    { name: "seed", value: "N", words: "the same seed gives the same keys and ids" },
    { name: "order", value: "KEY", words: "on this order of the simulator; on one of its own if absent" },
    { name: "url", value: "URL", words: "control address of the simulator; default http://127.0.0.1:8089/control" },
    jsonFlag("trigger", true)
  ],
  notes:
    "Without SCENARIO all are listed, with the status that a correct integration\nends with. docdata simulate starts a simulator.",
  run: async (given, shell) => {
    const { runTrigger } = await import("../trigger/runTrigger.ts")
    return runTrigger(given, shell)
  }
}
