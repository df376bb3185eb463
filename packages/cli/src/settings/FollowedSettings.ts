/**
 * Accounts and API keys as the settings file says at this moment, so that a rotation needs no restart.
 */
import type { MerchantAccount } from "@docdata/application"
import type { ApiKey } from "@docdata/http"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { grantedKeys } from "./readApiKeys.ts"
import { readServicePlan } from "./readServicePlan.ts"
import { nameInFile } from "./Setting.ts"
import { serviceSettings } from "./serviceSettings.ts"
import { readSettings } from "./SettingsReader.ts"
import { currentStamp, type FileOrigin, openSources, type Sources } from "./Sources.ts"

/** A changed file that is wrong in some way. */
export class ChangeFailure extends Data.TaggedError("ChangeFailure")<{
  readonly found: ReadonlyArray<string>
  /** The keys that it still grants: a key that is gone is gone at once. Absent if the file could not be read. */
  readonly granted?: ReadonlyArray<ApiKey>
}> {}

/** What a changed file brought. */
export interface Change {
  readonly accounts: ReadonlyArray<MerchantAccount>
  readonly keys: ReadonlyArray<ApiKey>
  /** Names in the file of what else changed, which counts from the next start on. */
  readonly waiting: ReadonlyArray<string>
}

const valuesOf = ({ file }: Sources, key: string): string | undefined => file?.values[key]

export class FollowedSettings {
  readonly #path: string
  #sources: Sources
  #stamp: string | undefined

  /** Follows the file from what was read of it. */
  constructor(sources: Sources, { path, stamp }: FileOrigin) {
    this.#path = path
    this.#sources = sources
    this.#stamp = stamp
  }

  /**
   * Looks at the file; nothing unless it is another one than at the last refresh. One that is wrong in whatever way fails
   * once, and only takes keys away.
   */
  readonly refresh: Effect.Effect<Change | undefined, ChangeFailure> = Effect.suspend(() => {
    const stamp = currentStamp(this.#path)
    if (stamp === this.#stamp) return Effect.succeed(undefined)
    this.#stamp = stamp
    return this.#read
  })

  readonly #read = Effect.gen({ self: this }, function*() {
    const sources = yield* Effect.mapError(
      Effect.fromResult(openSources(this.#sources.environment, this.#path)),
      ({ found }) => new ChangeFailure({ found })
    )
    const { accounts, keys } = yield* Effect.mapError(
      readSettings(sources, readServicePlan),
      ({ found }) => new ChangeFailure({ found, granted: grantedKeys(sources) })
    )
    const waiting = Object.values(serviceSettings)
      .filter(({ key }) => valuesOf(this.#sources, key) !== valuesOf(sources, key))
      .map(({ key }) => nameInFile(key, ""))
    this.#sources = sources
    return { accounts, keys, waiting }
  })
}
