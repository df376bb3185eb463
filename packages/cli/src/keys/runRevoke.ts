/**
 * The work of `docdata keys revoke`.
 */
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import type { ExitCode } from "../ExitCode.ts"
import { editedPath, editNamed, refuse } from "../settings/editNamed.ts"
import { type Edit, sectionOf } from "../settings/editSettingsFile.ts"
import { meantHint } from "../settings/meantHint.ts"
import { parseApiKeyEntries } from "../settings/readApiKeys.ts"
import { serviceSettings } from "../settings/serviceSettings.ts"
import { sections } from "../settings/SettingsFile.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"

const command = "docdata keys revoke"

const removeKey = (name: string): Edit => (document) => {
  const present = sectionOf(document, sections.apiKeys)
  if (!Object.hasOwn(present, name)) {
    return Result.fail(`the file has no key ${printable(name)}${meantHint(name, Object.keys(present))}`)
  }
  const { [name]: _removed, ...others } = present
  return Result.succeed({ ...document, [sections.apiKeys]: others })
}

export const runRevoke = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const [name = ""] = given.operands
  const path = editedPath(given, shell)
  if (Result.isFailure(path)) return refuse(shell, command, path.failure)
  if (parseApiKeyEntries(shell.environment).some(({ id }) => id === name)) {
    return refuse(shell, command, `the key is in the environment: take it out of ${serviceSettings.apiKeys.key}`)
  }
  return editNamed({ command, edit: removeKey(name), done: `key ${name} is out of` }, path.success, shell)
}
