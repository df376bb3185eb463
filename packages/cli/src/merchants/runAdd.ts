/**
 * The work of `docdata merchants add`: one more account in the settings file.
 */
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import { accountName, grantedKeys, listedAccounts, openSources, sections } from "@docdata/service/settings"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { editedPath, editNamed, refuse } from "../settings/editNamed.ts"
import { type Edit, sectionOf } from "../settings/editSettingsFile.ts"
import type { Shell } from "../Shell.ts"
import { readSecret } from "../terminal/readSecret.ts"
import { printable } from "@docdata/service/text"

const command = "docdata merchants add"

/** Adds the account at the end, so that the first one stays the one that is meant where none is named. */
const addAccount = (name: string, account: Readonly<Record<string, string>>): Edit => (document) => {
  const present = sectionOf(document, sections.merchants)
  return Object.hasOwn(present, name)
    ? Result.fail(`there is an account ${name} already; docdata merchants rotate ${name} changes its password`)
    : Result.succeed({ ...document, [sections.merchants]: { ...present, [name]: account } })
}

/** Keys that spoke for one account speak for two from now on, and their requests must not change their meaning unseen. */
const warnOfSeveral = (path: string, shell: Shell): void => {
  const sources = openSources(shell.environment, path)
  if (Result.isFailure(sources)) return
  const [first = "", ...others] = listedAccounts(sources.success)
  const keys = grantedKeys(sources.success).filter(({ merchants }) => merchants === "all").map(({ id }) =>
    printable(id)
  )
  if (others.length === 0 || keys.length === 0) return
  shell.complain(
    `${command}: keys that speak for several accounts: ${keys.join(", ")}; ` +
      `what they ask without naming a merchant goes to the first account, ${printable(first)}`
  )
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
  const exit = editNamed({ command, edit, done: `account ${name} is in` }, path.success, shell)
  if (exit !== exitCodes.badInput) warnOfSeveral(path.success, shell)
  return exit
}
