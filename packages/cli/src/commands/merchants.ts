/**
 * `docdata merchants`: the accounts of the settings file.
 */
import type { CommandGroup, GroupCommand } from "../Command.ts"
import { settingsFlag } from "../settings/settingsFlag.ts"

const add: GroupCommand = {
  name: "add",
  summary: "add an account to the settings file",
  operands: "NAME",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "login", value: "LOGIN", words: "required: the merchant name at Docdata" },
    { name: "environment", value: "WHICH", oneOf: ["test", "live"], words: "test or live; default test" },
    { name: "profile", value: "PROFILE", words: "payment profile for new orders; default standard" },
    settingsFlag
  ],
  notes: [
    "NAME is how the service calls the account. The password is asked for on a",
    "terminal, else it is the first line of standard input."
  ].join("\n"),
  run: async (given, shell) => {
    const { runAdd } = await import("../merchants/runAdd.ts")
    return runAdd(given, shell)
  }
}

const rotate: GroupCommand = {
  name: "rotate",
  summary: "give an account of the settings file a new password",
  operands: "NAME",
  operandCount: { min: 1, max: 1 },
  flags: [settingsFlag],
  notes: [
    "The password is asked for on a terminal, else it is the first line of standard",
    "input. Change it at Docdata first: what a running service asks in between fails",
    "and is asked again."
  ].join("\n"),
  run: async (given, shell) => {
    const { runRotate } = await import("../merchants/runRotate.ts")
    return runRotate(given, shell)
  }
}

const remove: GroupCommand = {
  name: "remove",
  summary: "remove an account from the settings file",
  operands: "NAME",
  operandCount: { min: 1, max: 1 },
  flags: [settingsFlag],
  notes: [
    "Its orders stay in the database, and nothing is asked of Docdata for them any",
    "more. Keys that speak for the account have to be revoked first."
  ].join("\n"),
  run: async (given, shell) => {
    const { runRemove } = await import("../merchants/runRemove.ts")
    return runRemove(given, shell)
  }
}

const list: GroupCommand = {
  name: "list",
  summary: "list the accounts of environment and settings file",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [{ name: "json", words: "a JSON object a line; its schema: docdata schema merchants-list" }, settingsFlag],
  notes: "Passwords and tokens are not shown.",
  run: async (given, shell) => {
    const { runList } = await import("../merchants/runList.ts")
    return runList(given, shell)
  }
}

export const merchants: CommandGroup = {
  commands: [add, rotate, remove, list],
  notes: "The settings file is replaced as a whole; a running service takes it over."
}
