/**
 * `docdata simulator`: the clock and the faults of a simulator that runs.
 */
import type { CommandGroup, Flag, GroupCommand } from "../Command.ts"
import { jsonFlag } from "./orders/flags.ts"

const url: Flag = {
  name: "url",
  value: "URL",
  words: "control address of the simulator; default http://127.0.0.1:8089/control"
}

const clock: GroupCommand = {
  name: "clock",
  summary: "print the time of the simulator, or move it forward",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { name: "advance", value: "TIME", words: "move it forward by this: 90s, 30m, 12h, 3d" },
    url,
    jsonFlag("simulator-clock")
  ],
  notes: [
    "What was due until then happens: captures at night, bank transfers, chargebacks,",
    "notifications."
  ].join("\n"),
  run: async (given, shell) => {
    const { runClock } = await import("../simulate/runControl.ts")
    return runClock(given, shell)
  }
}

const faults: GroupCommand = {
  name: "faults",
  summary: "list, plan or forget faults",
  operands: "[FAULTS.json|-]",
  operandCount: { min: 0, max: 1 },
  flags: [{ name: "clear", words: "forget all planned faults" }, url, jsonFlag("simulator-faults", true)],
  notes: [
    "The file is a list; each fault befalls as many requests as times says.",
    "",
    "  [{\"operation\": \"refund\", \"times\": 1, \"executed\": true,",
    "    \"effect\": {\"kind\": \"reset-before-reply\"}}]"
  ].join("\n"),
  run: async (given, shell) => {
    const { runFaults } = await import("../simulate/runControl.ts")
    return runFaults(given, shell)
  }
}

export const simulator: CommandGroup = {
  commands: [clock, faults],
  notes: "docdata simulate starts a simulator."
}
