/**
 * The one key of the service from which the keys of stored endpoints are derived: `whmk_` and base64 of 32 bytes.
 *
 * An endpoint's key follows from its id, its kind of signature and a version (HKDF with SHA-256, RFC 5869), so that no
 * secret is in the database, a copy of it signs nothing, and a rotation is the next version. Whoever replaces the master
 * key replaces the keys of all endpoints.
 */
import type { StoredEndpoint } from "@docdata/application"
import { hkdfSync, randomBytes } from "node:crypto"
import * as Redacted from "effect/Redacted"
import { bytesAfter, keyPairOf, seedBytes, sharedSecretOf } from "./WebhookSecret.ts"

const prefix = "whmk_"
const masterBytes = 32

type Keyed = Pick<StoredEndpoint, "id" | "signature" | "keyVersion" | "previousKeyUntilMs">

/** True if it is one. */
export const isWebhookMasterKey = (key: Redacted.Redacted): boolean => bytesAfter(prefix, key)?.length === masterBytes

/** A fresh one, to be put into the settings. */
export const makeWebhookMasterKey = (): Redacted.Redacted =>
  Redacted.make(`${prefix}${randomBytes(masterBytes).toString("base64")}`)

/** `revealed` is what the receiver checks with: the shared secret, or the public key. */
const derive = (masterKey: Redacted.Redacted, { id, signature }: Keyed, version: number) => {
  const about = `docdata webhook ${signature} ${id} ${version}`
  const master = bytesAfter(prefix, masterKey) ?? Buffer.alloc(0)
  const bytes = new Uint8Array(hkdfSync("sha256", master, new Uint8Array(0), about, seedBytes))
  switch (signature) {
    case "v1": {
      const secret = sharedSecretOf(bytes)
      return { secret, revealed: secret }
    }
    case "v1a": {
      const { publicKey, secret } = keyPairOf(bytes)
      return { secret, revealed: Redacted.make(publicKey) }
    }
  }
}

/** What an endpoint's messages are signed with at an instant: the newest first, the one before while it is valid. */
export const endpointSecrets = (
  masterKey: Redacted.Redacted,
  endpoint: Keyed,
  nowMs: number
): ReadonlyArray<Redacted.Redacted> => {
  const { keyVersion, previousKeyUntilMs } = endpoint
  const versions = previousKeyUntilMs !== undefined && nowMs < previousKeyUntilMs
    ? [keyVersion, keyVersion - 1]
    : [keyVersion]
  return versions.map((version) => derive(masterKey, endpoint, version).secret)
}

/** What the receiver checks the newest signature with: `whsec_...`, a secret, or `whpk_...`, a public key. */
export const endpointVerifier = (masterKey: Redacted.Redacted, endpoint: Keyed): Redacted.Redacted =>
  derive(masterKey, endpoint, endpoint.keyVersion).revealed
