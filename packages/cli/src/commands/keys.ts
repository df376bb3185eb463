/**
 * `docdata keys`: who may call the REST API.
 */
import { apiKeyScopes } from "../choices.ts"
import type { CommandGroup, GroupCommand } from "../Command.ts"
import { settingsFlag } from "../settings/settingsFlag.ts"

const create: GroupCommand = {
  name: "create",
  summary: "make a key, and put its hash into the settings file",
  operands: "NAME",
  operandCount: { min: 1, max: 1 },
  flags: [
    { name: "scope", value: "SCOPE", oneOf: apiKeyScopes, words: `${apiKeyScopes.join(", ")}; default operate` },
    { name: "merchants", value: "NAMES", words: "accounts it speaks for, separated by commas; default all" },
    { name: "json", words: "one JSON object; its schema: docdata schema keys-create" },
    settingsFlag
  ],
  notes: "The key is printed now and never again: only its hash is kept.",
  run: async (given, shell) => {
    const { runCreate } = await import("../keys/runCreate.ts")
    return runCreate(given, shell)
  }
}

const revoke: GroupCommand = {
  name: "revoke",
  summary: "take a key out of the settings file",
  operands: "NAME",
  operandCount: { min: 1, max: 1 },
  flags: [settingsFlag],
  notes: "A running service refuses it within a second or two.",
  run: async (given, shell) => {
    const { runRevoke } = await import("../keys/runRevoke.ts")
    return runRevoke(given, shell)
  }
}

const list: GroupCommand = {
  name: "list",
  summary: "list the keys of environment and settings file",
  operands: "",
  operandCount: { min: 0, max: 0 },
  flags: [{ name: "json", words: "a JSON object a line; its schema: docdata schema keys-list" }, settingsFlag],
  notes: "Names, not keys: those are kept nowhere.",
  run: async (given, shell) => {
    const { runList } = await import("../keys/runList.ts")
    return runList(given, shell)
  }
}

export const keys: CommandGroup = {
  commands: [create, revoke, list],
  notes: "The settings file is replaced as a whole; a running service takes it over."
}
