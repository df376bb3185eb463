/**
 * The work of `docdata merchants rotate`: another password for an account in the settings file.
 */
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import type { ExitCode } from "../ExitCode.ts"
import { accountSettings } from "../settings/accountSettings.ts"
import { editedPath, editNamed, refuse } from "../settings/editNamed.ts"
import { type Edit, sectionOf } from "../settings/editSettingsFile.ts"
import { meantHint } from "../settings/meantHint.ts"
import { sections } from "../settings/SettingsFile.ts"
import { isInEnvironment } from "../settings/Sources.ts"
import type { Shell } from "../Shell.ts"
import { readSecret } from "../terminal/readSecret.ts"
import { printable } from "../text/printable.ts"

const command = "docdata merchants rotate"

const changePassword = (name: string, password: string): Edit => (document) => {
  const present = sectionOf(document, sections.merchants)
  return Object.hasOwn(present, name)
    ? Result.succeed({ ...document, [sections.merchants]: { ...present, [name]: { ...present[name], password } } })
    : Result.fail(`the file has no account ${printable(name)}${meantHint(name, Object.keys(present))}`)
}

export const runRotate = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const [name = ""] = given.operands
  const path = editedPath(given, shell)
  if (Result.isFailure(path)) return refuse(shell, command, path.failure)
  const { password: { key } } = accountSettings(name)
  if (isInEnvironment({ environment: shell.environment }, key)) {
    return refuse(shell, command, `the environment has ${printable(key)}, and wins; change it there and start again`)
  }
  const password = await readSecret(shell, `new password of ${printable(name)}`)
  if (Result.isFailure(password)) return refuse(shell, command, password.failure)
  const edit = changePassword(name, password.success)
  return editNamed({ command, edit, done: `the new password of ${name} is in` }, path.success, shell)
}
