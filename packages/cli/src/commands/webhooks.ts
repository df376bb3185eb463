/**
 * `docdata webhooks`: the endpoints that receive events, and their deliveries.
 */
import { deliveryStateChoices } from "../choices.ts"
import type { CommandGroup, Flag, GroupCommand } from "../Command.ts"
import { connectionFlags, jsonFlag, yesFlag } from "./orders/flags.ts"

const json = (name: string, lines = false): Flag => jsonFlag(`webhooks-${name}`, lines)

const list: GroupCommand = {
  name: "list",
  summary: "list the endpoints, and how it has been going",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [...connectionFlags, json("list", true)],
  notes: "",
  run: async (given, shell) => {
    const { runList } = await import("../webhooks/runEndpoints.ts")
    return runList(given, shell)
  }
}

const add: GroupCommand = {
  name: "add",
  summary: "send events to an address from now on",
  operands: "URL",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "events", value: "TYPES", words: "types that it receives, separated by commas; default all" },
    { name: "merchants", value: "NAMES", words: "accounts whose events it receives; default those of the key" },
    { name: "signature", value: "KIND", oneOf: ["v1", "v1a"], words: "v1 (HMAC, default) or v1a (ed25519)" },
    ...connectionFlags,
    json("add")
  ],
  notes: "A secret is printed now and never again.",
  run: async (given, shell) => {
    const { runAdd } = await import("../webhooks/runEndpoints.ts")
    return runAdd(given, shell)
  }
}

const rotate: GroupCommand = {
  name: "rotate",
  summary: "give an endpoint a new key",
  operands: "ENDPOINT",
  operandCount: { min: 1, max: 1 },
  flags: [...connectionFlags, json("rotate")],
  notes: "For a day messages carry signatures of the key before as well. A secret is\nprinted now and never again.",
  run: async (given, shell) => {
    const { runChange } = await import("../webhooks/runEndpoints.ts")
    return runChange("rotate", given, shell)
  }
}

const enable: GroupCommand = {
  name: "enable",
  summary: "send again to an endpoint that is disabled",
  operands: "ENDPOINT",
  operandCount: { min: 1, max: 1 },
  flags: [...connectionFlags, json("enable")],
  notes: "What waits for it goes out at once, in order. Repeating is safe.",
  run: async (given, shell) => {
    const { runChange } = await import("../webhooks/runEndpoints.ts")
    return runChange("enable", given, shell)
  }
}

const disable: GroupCommand = {
  name: "disable",
  summary: "send nothing to an endpoint for now",
  operands: "ENDPOINT",
  operandCount: { min: 1, max: 1 },
  flags: [...connectionFlags, json("disable")],
  notes: "Events are kept for it and wait. Repeating is safe.",
  run: async (given, shell) => {
    const { runChange } = await import("../webhooks/runEndpoints.ts")
    return runChange("disable", given, shell)
  }
}

const remove: GroupCommand = {
  name: "remove",
  summary: "forget an endpoint and its deliveries",
  operands: "ENDPOINT",
  operandCount: { min: 1, max: 1 },
  flags: [...connectionFlags, yesFlag],
  notes: "",
  run: async (given, shell) => {
    const { runChange } = await import("../webhooks/runEndpoints.ts")
    return runChange("remove", given, shell)
  }
}

const test: GroupCommand = {
  name: "test",
  summary: "send a signed test message to an endpoint",
  operands: "ENDPOINT",
  operandCount: { min: 1, max: 1 },
  flags: [...connectionFlags, json("test")],
  notes: "Exit code 4 if it was not delivered.",
  run: async (given, shell) => {
    const { runTest } = await import("../webhooks/runEndpoints.ts")
    return runTest(given, shell)
  }
}

const deliveries: GroupCommand = {
  name: "deliveries",
  summary: "list what was sent to an endpoint, or waits for it",
  operands: "ENDPOINT",
  operandCount: { min: 1, max: 1 },
  flags: [
    {
      name: "state",
      value: "STATE",
      oneOf: deliveryStateChoices,
      words: `${deliveryStateChoices.join(", ")}; ${deliveryStateChoices[0]} if absent`
    },
    { name: "limit", value: "N", words: "at most so many; default 50" },
    ...connectionFlags,
    json("deliveries", true)
  ],
  notes: "",
  run: async (given, shell) => {
    const { runDeliveries } = await import("../webhooks/runDeliveries.ts")
    return runDeliveries(given, shell)
  }
}

const redeliver: GroupCommand = {
  name: "redeliver",
  summary: "deliver an event again, or all that was given up",
  operands: "ENDPOINT [EVENT]",
  operandCount: { min: 1, max: 2 },
  flags: [
    { name: "since", value: "INSTANT", words: "all that was given up since then, instead of one event" },
    ...connectionFlags,
    json("redeliver")
  ],
  notes: "",
  run: async (given, shell) => {
    const { runRedeliver } = await import("../webhooks/runDeliveries.ts")
    return runRedeliver(given, shell)
  }
}

const listen: GroupCommand = {
  name: "listen",
  summary: "pass events on to a program on this machine",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { name: "forward-to", value: "URL", words: "where messages go, such as http://127.0.0.1:3000/hooks" },
    { name: "after", value: "POSITION", words: "begin after this position, 0 for all; from now on if absent" },
    ...connectionFlags,
    json("listen", true)
  ],
  notes: [
    "Messages are signed with a secret that is printed first and kept for the next",
    "start. One that is not accepted is sent again, five times in all. Nothing is",
    "added to the service. While it is busy or away listen waits; at the end it",
    "prints the position to go on after. Ctrl-C ends it."
  ].join("\n"),
  run: async (given, shell) => {
    const { runListen } = await import("../webhooks/runListen.ts")
    return runListen(given, shell)
  }
}

export const webhooks: CommandGroup = {
  commands: [list, add, rotate, enable, disable, remove, test, deliveries, redeliver, listen],
  notes: ""
}
