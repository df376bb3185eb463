/**
 * Accounts and API keys that change while the service runs.
 */
import type { MerchantAccount } from "@docdata/application"
import type { ApiKey } from "@docdata/http"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"

/** A changed file that is wrong in some way. */
export class CredentialChangeFailure extends Data.TaggedError("CredentialChangeFailure")<{
  readonly found: ReadonlyArray<string>
  /** The keys that are still granted: a key that is gone is gone at once. */
  readonly granted: ReadonlyArray<ApiKey>
}> {}

/** What a changed file brought. */
export interface CredentialChange {
  readonly accounts: ReadonlyArray<MerchantAccount>
  readonly keys: ReadonlyArray<ApiKey>
  /** Names in the file of what else changed, which counts from the next start on. */
  readonly waiting: ReadonlyArray<string>
}

/** Where they come from. Answers nothing while nothing changed. */
export interface CredentialSource {
  readonly changed: Effect.Effect<CredentialChange | undefined, CredentialChangeFailure>
}
