/**
 * The work of `docdata merchants add`: one more account in the settings file.
 */
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import type { ExitCode } from "../ExitCode.ts"
import { accountName } from "../settings/accountSettings.ts"
import { editedPath, editNamed, refuse } from "../settings/editNamed.ts"
import { type Edit, sectionOf } from "../settings/editSettingsFile.ts"
import { listedAccounts } from "../settings/listedAccounts.ts"
import { sections } from "../settings/SettingsFile.ts"
import type { Shell } from "../Shell.ts"
import { readSecret } from "../terminal/readSecret.ts"
import { printable } from "../text/printable.ts"

const command = "docdata merchants add"

/** Adds the account at the end, so that the first one stays the one that is meant where none is named. */
const addAccount = (name: string, account: Readonly<Record<string, string>>): Edit => (document) => {
  const present = sectionOf(document, sections.merchants)
  return Object.hasOwn(present, name)
    ? Result.fail(`there is an account ${name} already; docdata merchants rotate ${name} changes its password`)
    : Result.succeed({ ...document, [sections.merchants]: { ...present, [name]: account } })
}

export const runAdd = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const [name = ""] = given.operands
  const login = given.values.get("login")
  const path = editedPath(given, shell)
  if (!accountName.test(name)) {
    return refuse(shell, command, `NAME is small letters, digits and _, at most 30; not ${printable(name)}`)
  }
  if (login === undefined) return refuse(shell, command, "--login is needed: the merchant name at Docdata")
  if (Result.isFailure(path)) return refuse(shell, command, path.failure)
  if (listedAccounts({ environment: shell.environment }).includes(name)) {
    return refuse(shell, command, `the environment has an account ${name}, and wins`)
  }
  const password = await readSecret(shell, `password of ${printable(login)}`)
  if (Result.isFailure(password)) return refuse(shell, command, password.failure)
  const chosen = ["environment", "profile"].flatMap((flag) => {
    const value = given.values.get(flag)
    return value === undefined ? [] : [[flag, value] as const]
  })
  const edit = addAccount(name, { login, password: password.success, ...Object.fromEntries(chosen) })
  return editNamed({ command, edit, done: `account ${name} is in` }, path.success, shell)
}
