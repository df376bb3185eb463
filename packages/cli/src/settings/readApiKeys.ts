/**
 * The callers of the REST API that the settings name.
 */
import * as Effect from "effect/Effect"
import { apiKeyScopes } from "../choices.ts"
import { listedAccounts } from "./listedAccounts.ts"
import { serviceSettings } from "./serviceSettings.ts"
import { type NamedKey, sections } from "./SettingsFile.ts"
import type { SettingsReader } from "./SettingsReader.ts"
import type { Environment, Sources } from "./Sources.ts"

const entry = /^([A-Za-z0-9_-]{1,50}):([0-9a-f]{64})(?::([a-z]+))?$/

const parseEntry = (text: string): NamedKey | undefined => {
  const [, id, hash, word = "operate"] = entry.exec(text) ?? []
  const scope = apiKeyScopes.find((one) => one === word)
  return id === undefined || hash === undefined || scope === undefined
    ? undefined
    : { id, hash, merchants: "all", scope }
}

/** The keys of the environment that can be read, without a word on the others. */
export const parseApiKeyEntries = (environment: Environment): ReadonlyArray<NamedKey> =>
  (environment[serviceSettings.apiKeys.key] ?? "").split(",").flatMap((text) => parseEntry(text.trim()) ?? [])

const ownAndFiled = (own: ReadonlyArray<NamedKey>, { file }: Sources): ReadonlyArray<NamedKey> => [
  ...own,
  ...(file?.apiKeys ?? []).filter(({ id }) => !own.some((one) => one.id === id))
]

/** The keys that can be read, whatever is wrong beside them. */
export const grantedKeys = (sources: Sources): ReadonlyArray<NamedKey> =>
  ownAndFiled(parseApiKeyEntries(sources.environment), sources)

/** Those of the environment, and those of the file whose names the environment does not take. None is no mistake. */
export const readApiKeys = Effect.fnUntraced(
  function*(reader: SettingsReader): Effect.fn.Return<ReadonlyArray<NamedKey>> {
    const { apiKeys } = serviceSettings
    const { file } = reader.sources
    const parsed = (yield* reader.read(apiKeys)).map(parseEntry)
    const own = parsed.filter((key) => key !== undefined)
    if (own.length < parsed.length) reader.note(`${apiKeys.key} is not ${apiKeys.words}`)
    const keys = ownAndFiled(own, reader.sources)
    const accounts = listedAccounts(reader.sources)
    for (const { id, merchants } of keys) {
      for (const merchant of merchants === "all" ? [] : merchants.filter((name) => !accounts.includes(name))) {
        reader.note(`${file?.source}: ${sections.apiKeys}.${id}.merchants: no account is called ${merchant}`)
      }
    }
    return keys
  }
)
