/**
 * `docdata webhooks`: who receives events, over the REST API of a running service.
 */
import type { CommandGroup, Flag, GroupCommand } from "../Command.ts"

const service: Flag = { name: "service", value: "URL", words: "the service; default http://127.0.0.1:8080" }

const json = (name: string, words = "one JSON object"): Flag => ({
  name: "json",
  words: `${words}; its schema: docdata schema webhooks-${name}`
})

const list: GroupCommand = {
  name: "list",
  summary: "list the endpoints, and how it has been going",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [service, json("list", "a JSON object a line")],
  notes: "Needs a key with the scope read.",
  run: async (given, shell) => {
    const { runList } = await import("../webhooks/runEndpoints.ts")
    return runList(given, shell)
  }
}

const add: GroupCommand = {
  name: "add",
  summary: "let an address receive events from now on",
  operands: "URL",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "events", value: "TYPES", words: "types it receives, separated by commas; default all" },
    { name: "merchants", value: "NAMES", words: "accounts it receives; default those of the key" },
    { name: "signature", value: "KIND", oneOf: ["v1", "v1a"], words: "v1 (HMAC, default) or v1a (ed25519)" },
    service,
    json("add")
  ],
  notes: "Needs a key with the scope admin. A secret is printed now and never again.",
  run: async (given, shell) => {
    const { runAdd } = await import("../webhooks/runEndpoints.ts")
    return runAdd(given, shell)
  }
}

const test: GroupCommand = {
  name: "test",
  summary: "send a signed test message to an endpoint",
  operands: "ENDPOINT",
  operandCount: { min: 1, max: 1 },
  flags: [service, json("test")],
  notes: "Needs a key with the scope operate. Exit code 4 if it was not delivered.",
  run: async (given, shell) => {
    const { runTest } = await import("../webhooks/runEndpoints.ts")
    return runTest(given, shell)
  }
}

const redeliver: GroupCommand = {
  name: "redeliver",
  summary: "deliver again an event, or what was given up",
  operands: "ENDPOINT [EVENT]",
  operandCount: { min: 1, max: 2 },
  flags: [
    { name: "since", value: "INSTANT", words: "all that was dead-lettered since then, instead of one event" },
    service,
    json("redeliver")
  ],
  notes: "Needs a key with the scope operate.",
  run: async (given, shell) => {
    const { runRedeliver } = await import("../webhooks/runEndpoints.ts")
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
    { name: "after", value: "PLACE", words: "begin after this place, 0 for all; from now on if absent" },
    service,
    json("listen", "a JSON object a line")
  ],
  notes: [
    "Needs a key with the scope read. Events are sent once each, signed with a secret",
    "that is told first. Nothing is added to the service. While it is busy or away",
    "listen waits; at the end it tells the place to go on after. Ctrl-C ends it."
  ].join("\n"),
  run: async (given, shell) => {
    const { runListen } = await import("../webhooks/runListen.ts")
    return runListen(given, shell)
  }
}

export const webhooks: CommandGroup = {
  commands: [list, add, test, redeliver, listen],
  notes: "They speak to a running service: DOCDATA_SERVICE_URL, with DOCDATA_API_KEY."
}
