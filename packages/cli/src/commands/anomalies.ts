/**
 * `docdata anomalies`: what a person has to look at.
 */
import { anomalyStateChoices } from "../choices.ts"
import type { CommandGroup, GroupCommand } from "../Command.ts"
import { connectionFlags, jsonFlag, storeFlags } from "./orders/flags.ts"

const list: GroupCommand = {
  name: "list",
  summary: "list what stands, newest first",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    {
      name: "state",
      value: "STATE",
      oneOf: anomalyStateChoices,
      words: `${anomalyStateChoices.join(", ")}; open if absent`
    },
    { name: "level", value: "LEVEL", oneOf: ["error", "warning"], words: "only these: error or warning" },
    { name: "order", value: "ORDER", words: "only those of this order" },
    { name: "limit", value: "N", words: "at most so many; default 50" },
    ...storeFlags,
    jsonFlag("anomalies-list", true)
  ],
  notes: "",
  run: async (given, shell) => {
    const { runAnomaliesList } = await import("../anomalies/runAnomalies.ts")
    return runAnomaliesList(given, shell)
  }
}

const ack: GroupCommand = {
  name: "ack",
  summary: "write down that somebody knows",
  operands: "ANOMALY",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "note", value: "TEXT", words: "at most 500 characters" },
    ...connectionFlags,
    jsonFlag("anomalies-ack")
  ],
  notes: [
    "It ends nothing: an anomaly is over when a refresh no longer has it.",
    "The first acknowledgement stays; repeating is safe."
  ].join("\n"),
  run: async (given, shell) => {
    const { runAnomaliesAck } = await import("../anomalies/runAnomalies.ts")
    return runAnomaliesAck(given, shell)
  }
}

export const anomalies: CommandGroup = {
  commands: [list, ack],
  notes: ""
}
