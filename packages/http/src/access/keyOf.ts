/**
 * The key that a request is made with, for what is decided beside the REST API's own check.
 */
import type { Headers } from "effect/http/Headers"
import * as Redacted from "effect/Redacted"
import type { ApiKey, ApiKeys } from "./ApiKeys.ts"

/** Undefined without a key, and with one that is not known. */
export const keyOf = (keys: ApiKeys["Service"], headers: Headers): ApiKey | undefined => {
  const [, credential] = /^Bearer +(\S+)$/i.exec(headers["authorization"] ?? "") ?? []
  return credential === undefined ? undefined : keys.find(Redacted.make(credential))
}
