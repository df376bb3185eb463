/**
 * Accounts and API keys as the settings file says at this moment, so that a rotation needs no restart.
 */
import type { ApiKey } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type CredentialChange, CredentialChangeFailure } from "../CredentialChange.ts"
import { grantedKeys } from "./readApiKeys.ts"
import { readServicePlan } from "./readServicePlan.ts"
import { nameInFile } from "./Setting.ts"
import { serviceSettings } from "./serviceSettings.ts"
import { readSettings } from "./SettingsReader.ts"
import { currentStamp, type FileOrigin, openSources, readBounded, type Sources } from "./Sources.ts"

const valueOf = ({ file }: Sources, key: string): string | undefined => file?.values[key]

// JSON has no comments, but whoever revokes a key in a hurry may write one.
const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?(?:\*\/|$)/g, "").replaceAll(/^[ \t]*(?:\/\/|#).*$/gm, "")

/** What still stands in a file that is no settings file; nothing if it cannot be read. */
const remainsOf = (path: string): string => {
  try {
    return withoutComments(readBounded(path) ?? "")
  } catch {
    return ""
  }
}

export class SettingsWatch {
  readonly #path: string
  #sources: Sources
  #stamp: string | undefined
  /** The stamp of a file that could not be read once: whoever writes it may not be done. */
  #unreadStamp: string | null | undefined = null

  /** Follows the file from what was read of it. */
  constructor(sources: Sources, { path, stamp }: FileOrigin) {
    this.#path = path
    this.#sources = sources
    this.#stamp = stamp
  }

  /**
   * Reads the file if it is another one than the last time; nothing otherwise. One that is wrong in whatever way fails
   * once, and only takes keys away. One that is absent or no JSON does so if it is found so twice in a row.
   */
  readonly changed: Effect.Effect<CredentialChange | undefined, CredentialChangeFailure> = Effect.suspend(() => {
    const stamp = currentStamp(this.#path)
    if (stamp === this.#stamp) return Effect.succeed(undefined)
    const sources = openSources(this.#sources.environment, this.#path)
    if (Result.isFailure(sources) && this.#unreadStamp !== stamp) {
      this.#unreadStamp = stamp
      return Effect.succeed(undefined)
    }
    this.#unreadStamp = null
    this.#stamp = stamp
    return Result.isSuccess(sources)
      ? this.#read(sources.success)
      : Effect.fail(new CredentialChangeFailure({ found: sources.failure.found, granted: this.#remaining() }))
  })

  /** The keys that the text still names, and those of the environment. */
  #remaining(): ReadonlyArray<ApiKey> {
    const remains = remainsOf(this.#path)
    const { file } = this.#sources
    return grantedKeys(this.#sources).filter((key) =>
      file?.apiKeys.includes(key) !== true || remains.includes(`"${key.hash}"`)
    )
  }

  readonly #read = Effect.fnUntraced({ self: this }, function*(this: SettingsWatch, sources: Sources) {
    const { accounts, keys } = yield* Effect.mapError(
      readSettings(sources, readServicePlan),
      ({ found }) => new CredentialChangeFailure({ found, granted: grantedKeys(sources) })
    )
    const waiting = Object.values(serviceSettings)
      .filter(({ key }) => valueOf(this.#sources, key) !== valueOf(sources, key))
      .map(({ key }) => nameInFile(key, ""))
    this.#sources = sources
    return { accounts, keys, waiting }
  })
}
