/**
 * The work of `docdata merchants remove`: an account leaves the settings file.
 */
import { type JsonObject, listedAccounts, sections } from "@docdata/service/settings"
import { meantHint, printable } from "@docdata/service/text"
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import type { ExitCode } from "../ExitCode.ts"
import { editedPath, editNamed, refuse } from "../settings/editNamed.ts"
import { type Edit, sectionOf } from "../settings/editSettingsFile.ts"
import type { Shell } from "../Shell.ts"

const command = "docdata merchants remove"

const speaksFor = (name: string) => (key: JsonObject): boolean => {
  const { merchants } = key
  return Array.isArray(merchants) && merchants.includes(name)
}

const removeAccount = (name: string): Edit => (document) => {
  const present = sectionOf(document, sections.merchants)
  if (!Object.hasOwn(present, name)) {
    return Result.fail(`the file has no account ${printable(name)}${meantHint(name, Object.keys(present))}`)
  }
  const keys = Object.entries(sectionOf(document, sections.apiKeys)).filter(([, key]) => speaksFor(name)(key))
  if (keys.length > 0) {
    const names = keys.map(([id]) => printable(id)).join(", ")
    return Result.fail(`keys speak for account ${name}: ${names}; docdata keys revoke removes them`)
  }
  const { [name]: _removed, ...others } = present
  return Result.succeed({ ...document, [sections.merchants]: others })
}

export const runRemove = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const [name = ""] = given.operands
  const path = editedPath(given, shell)
  if (Result.isFailure(path)) return refuse(shell, command, path.failure)
  if (listedAccounts({ environment: shell.environment }).includes(name)) {
    return refuse(shell, command, `the environment names account ${name}: take it out there and start again`)
  }
  return editNamed({ command, edit: removeAccount(name), done: `account ${name} is out of` }, path.success, shell)
}
