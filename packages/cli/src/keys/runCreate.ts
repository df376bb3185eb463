/**
 * The work of `docdata keys create`: a fresh key, shown once; its hash goes into the settings file.
 */
import { hashApiKey, makeApiKey } from "@docdata/http"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { apiKeyScopes } from "../choices.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { editedPath, editNamed, refuse } from "../settings/editNamed.ts"
import { type Edit, sectionOf } from "../settings/editSettingsFile.ts"
import { listedAccounts } from "../settings/listedAccounts.ts"
import { parseApiKeyEntries } from "../settings/readApiKeys.ts"
import { apiKeyName, sections } from "../settings/SettingsFile.ts"
import { openSources } from "../settings/Sources.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import type { NewKeyOutput } from "./KeyOutput.ts"

const command = "docdata keys create"

const addKey = (name: string, entry: Readonly<Record<string, unknown>>): Edit => (document) => {
  const present = sectionOf(document, sections.apiKeys)
  return Object.hasOwn(present, name)
    ? Result.fail(`there is a key ${name} already; create one under another name, then revoke ${name}`)
    : Result.succeed({ ...document, [sections.apiKeys]: { ...present, [name]: entry } })
}

/** What is wrong with the names. */
const problemOf = (
  name: string,
  merchants: ReadonlyArray<string>,
  known: ReadonlyArray<string>
): string | undefined => {
  if (!apiKeyName.test(name)) return `NAME is letters, digits, - and _, at most 50; not ${printable(name)}`
  const unknown = merchants.find((merchant) => !known.includes(merchant))
  return unknown === undefined ? undefined : `no account is called ${printable(unknown)}`
}

export const runCreate = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const [name = ""] = given.operands
  const path = editedPath(given, shell)
  if (Result.isFailure(path)) return refuse(shell, command, path.failure)
  const merchants = given.values.get("merchants")?.split(",").map((one) => one.trim())
  const sources = Result.getOrElse(openSources(shell.environment, path.success), () => shell)
  const problem = problemOf(name, merchants ?? [], listedAccounts(sources))
  if (problem !== undefined) return refuse(shell, command, problem)
  if (parseApiKeyEntries(shell.environment).some(({ id }) => id === name)) {
    return refuse(shell, command, `the environment has a key ${name}, and wins`)
  }
  const scope = apiKeyScopes.find((one) => one === given.values.get("scope")) ?? "operate"
  const key = makeApiKey()
  const created = new Date(shell.nowMs()).toISOString()
  const edit = addKey(name, {
    hash: hashApiKey(key),
    scope,
    ...(merchants === undefined ? {} : { merchants }),
    created
  })
  const exit = editNamed({ command, edit, done: `key ${name} is in` }, path.success, shell)
  if (exit === exitCodes.badInput) return exit
  // Also when no service takes it over yet: the key is in the file, and kept nowhere else.
  const output: typeof NewKeyOutput.Type = { name, key: Redacted.value(key), scope, merchants: merchants ?? "all" }
  await shell.write(`${given.switches.has("json") ? JSON.stringify(output) : output.key}\n`)
  return exit
}
