/**
 * Who may use the REST API.
 *
 * Keys are long and random, so one round of SHA-256 is enough to keep them: nobody guesses 256 bits, and the hash that is
 * stored opens nothing. A credential is compared with every hash, each in constant time, so that the time of an answer
 * tells nothing about the keys.
 */
import type { ApiKeyScope } from "@docdata/contract"
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

/** One key as it is kept. */
export interface ApiKey {
  /** For logs and lists; not the key. */
  readonly id: string
  /** SHA-256 of the key in hex, from {@link hashApiKey}. */
  readonly hash: string
  readonly merchants: ReadonlyArray<string> | "all"
  readonly scope: ApiKeyScope
}

const digest = (key: string): Buffer => createHash("sha256").update(key).digest()

/** What is kept of a key. */
export const hashApiKey = (key: Redacted.Redacted): string => digest(Redacted.value(key)).toString("hex")

/** True for what {@link hashApiKey} can answer. */
export const isApiKeyHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** A fresh key, to be shown once. */
export const makeApiKey = (): Redacted.Redacted => Redacted.make(`dk_${randomBytes(32).toString("base64url")}`)

export class ApiKeys extends Context.Service<ApiKeys, {
  readonly find: (credential: Redacted.Redacted) => ApiKey | undefined
}>()("@docdata/http/ApiKeys") {
  /** The keys that `read` answers at the moment of each call. A hash that is none matches nothing. */
  static readonly layer = (read: () => ReadonlyArray<ApiKey>): Layer.Layer<ApiKeys> =>
    Layer.succeed(
      ApiKeys,
      ApiKeys.of({
        find: (credential) => {
          const given = digest(Redacted.value(credential))
          let found: ApiKey | undefined
          // Read anew each time, nothing kept: a list may be changed in place, and a key that is gone must not work.
          for (const key of read()) {
            const hash = Buffer.from(key.hash, "hex")
            if (hash.length === given.length && timingSafeEqual(hash, given)) found = key
          }
          return found
        }
      })
    )
}
