/**
 * The accounts that the sources name: those of the environment, then those of the file.
 */
import { serviceSettings } from "./serviceSettings.ts"
import type { Sources } from "./Sources.ts"

export const listedAccounts = ({ environment, file }: Sources): ReadonlyArray<string> => {
  const listed = environment[serviceSettings.merchants.key] ?? ""
  const names = listed === "" ? [] : listed.split(",").map((name) => name.trim())
  return [...new Set([...names, ...file?.accounts ?? []])]
}
