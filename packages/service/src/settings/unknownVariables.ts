/**
 * Variables that look like settings and are none: a typing error must not be silence.
 */
import { accountSettings } from "./accountSettings.ts"
import { listedAccounts } from "./listedAccounts.ts"
import { meantHint } from "../text/meantHint.ts"
import { serviceSettings } from "./serviceSettings.ts"
import { callerVariables } from "./callerVariables.ts"
import { settingsFileKey, type Sources } from "./Sources.ts"

const prefix = "DOCDATA_"

const endings = Object.values(accountSettings("")).map(({ key }) => key.slice(prefix.length))

/** The account whose setting this would be, if it were one. */
const accountMeant = (name: string): string | undefined => {
  const ending = endings.find((one) => name.endsWith(one) && name.length > prefix.length + one.length)
  return ending === undefined ? undefined : name.slice(prefix.length, -ending.length).toLowerCase()
}

/** A line for each of them. */
export const unknownVariables = (sources: Sources): ReadonlyArray<string> => {
  const accounts = listedAccounts(sources)
  const known = new Set([
    settingsFileKey,
    ...Object.values(callerVariables),
    ...Object.values(serviceSettings).map(({ key }) => key),
    ...accounts.flatMap((account) => Object.values(accountSettings(account)).map(({ key }) => key))
  ])
  return Object.keys(sources.environment)
    .filter((name) => name.startsWith(prefix) && !known.has(name))
    .map((name) => {
      const nearest = meantHint(name, known)
      const account = nearest === "" ? accountMeant(name) : undefined
      const hint = account === undefined ? nearest : `; ${serviceSettings.merchants.key} does not name ${account}`
      return `${name} is no setting${hint}`
    })
}
