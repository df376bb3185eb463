/**
 * `docdata events`: what happened to all orders, in one order.
 */
import { eventTypeChoices } from "../choices.ts"
import type { CommandGroup, Flag, GroupCommand } from "../Command.ts"
import { jsonFlag, storeFlags } from "./orders/flags.ts"

const filterFlags: ReadonlyArray<Flag> = [
  { name: "order", value: "ORDER", words: "only those of this order" },
  { name: "type", value: "TYPE", oneOf: eventTypeChoices, words: `only this type: ${eventTypeChoices.join(", ")}` },
  ...storeFlags
]

const tail: GroupCommand = {
  name: "tail",
  summary: "print events as they happen",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { name: "after", value: "POSITION", words: "begin after this position, 0 for all; from now on if absent" },
    { name: "once", words: "print what there is, and end" },
    ...filterFlags,
    jsonFlag("events-tail", true)
  ],
  notes: [
    "Every event has a position that it keeps; whoever goes on after the last one",
    "gets every event once. Ctrl-C ends it."
  ].join("\n"),
  run: async (given, shell) => {
    const { runTail } = await import("../events/runEvents.ts")
    return runTail(given, shell)
  }
}

const replay: GroupCommand = {
  name: "replay",
  summary: "deliver events to a webhook endpoint again",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [
    { name: "endpoint", value: "ENDPOINT", words: "the webhook endpoint that gets them; needed" },
    { name: "after", value: "POSITION", words: "those after this position, 0 for all" },
    { name: "until", value: "POSITION", words: "and up to this one, included" },
    ...filterFlags,
    jsonFlag("events-replay", true)
  ],
  notes: [
    "They go out with the ids they had, by the service, so that a subscriber knows",
    "them again. One that is claimed at this moment stays as it is. Repeating is",
    "safe."
  ].join("\n"),
  run: async (given, shell) => {
    const { runReplayEvents } = await import("../events/runEvents.ts")
    return runReplayEvents(given, shell)
  }
}

export const events: CommandGroup = {
  commands: [tail, replay],
  notes: ""
}
