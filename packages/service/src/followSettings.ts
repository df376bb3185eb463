/**
 * Takes over accounts and API keys that changed in the settings file while the service runs.
 */
import type { MerchantAccount } from "@docdata/application"
import type { ApiKey } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { CredentialSource } from "./CredentialChange.ts"

/** Each time costs one call of the system, and whoever rotates a password waits for it. */
const everyMs = 1_000

/** Accounts and keys of this moment. */
export interface LiveCredentials {
  readonly accounts: Ref.Ref<ReadonlyArray<MerchantAccount>>
  readonly keys: Ref.Ref<ReadonlyArray<ApiKey>>
}

/** The keys of this moment that are still granted, as they are granted now. */
const stillGranted = (present: ReadonlyArray<ApiKey>, granted: ReadonlyArray<ApiKey>): ReadonlyArray<ApiKey> =>
  granted.filter(({ hash, id }) => present.some((key) => key.id === id && key.hash === hash))

/** Goes on for ever. A file that is wrong is logged and only takes keys away. */
export const followSettings = (
  { changed }: CredentialSource,
  { accounts, keys }: LiveCredentials
): Effect.Effect<never> => {
  const once = Effect.gen(function*() {
    const change = yield* changed
    if (change === undefined) return
    yield* Ref.set(accounts, change.accounts)
    yield* Ref.set(keys, change.keys)
    yield* Effect.logInfo("the settings file was read again", {
      accounts: change.accounts.length,
      keys: change.keys.length,
      waitingForTheNextStart: change.waiting
    })
  }).pipe(
    Effect.catchTag(
      "CredentialChangeFailure",
      ({ found, granted }) =>
        Effect.andThen(
          Ref.update(keys, (present) => stillGranted(present, granted)),
          Effect.logError("the changed settings file is not used, but for keys that it takes away", {
            violations: found
          })
        )
    )
  )
  return Effect.forever(Effect.andThen(once, Effect.sleep(everyMs)))
}
