/**
 * What messages are signed with, as the Standard Webhooks specification writes it: `whsec_` and base64 of a secret that
 * the receiver shares, or `whsk_` and base64 of an ed25519 key (seed, then public key) whose public part, `whpk_`, is all
 * that the receiver has.
 */
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from "node:crypto"
import * as Redacted from "effect/Redacted"

/** The specification's bounds of a shared secret: fewer bytes can be guessed, more help nobody. */
const secretBytesMin = 24
const secretBytesMax = 64

export const seedBytes = 32

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

/** The bytes after a prefix, or `undefined` if it is another one or no base64 follows. */
export const bytesAfter = (prefix: string, secret: Redacted.Redacted): Buffer | undefined => {
  const text = Redacted.value(secret)
  const encoded = text.slice(prefix.length)
  return text.startsWith(prefix) && base64.test(encoded) ? Buffer.from(encoded, "base64") : undefined
}

/** A key that signs, by the name of its kind of signature. */
export type SigningKey =
  | { readonly kind: "v1"; readonly secret: Uint8Array }
  | { readonly kind: "v1a"; readonly key: KeyObject }

// What comes before the seed in the standard form (PKCS #8) of an ed25519 key.
const seedPrefix = Buffer.from("302e020100300506032b657004220420", "hex")

const keyOfSeed = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([seedPrefix, seed]), format: "der", type: "pkcs8" })

const publicBytesOf = (key: KeyObject): Buffer =>
  Buffer.from(createPublicKey(key).export({ format: "jwk" }).x ?? "", "base64url")

const asymmetricKeyOf = (bytes: Buffer): SigningKey | undefined => {
  if (bytes.length !== 2 * seedBytes) return undefined
  const key = keyOfSeed(bytes.subarray(0, seedBytes))
  return publicBytesOf(key).equals(bytes.subarray(seedBytes)) ? { kind: "v1a", key } : undefined
}

/** The key inside a secret, or `undefined` if it is none: wrong prefix, no base64, wrong length, parts that do not fit. */
export const signingKeyOf = (secret: Redacted.Redacted): SigningKey | undefined => {
  const shared = bytesAfter("whsec_", secret)
  if (shared !== undefined) {
    const isSound = shared.length >= secretBytesMin && shared.length <= secretBytesMax
    return isSound ? { kind: "v1", secret: shared } : undefined
  }
  const pair = bytesAfter("whsk_", secret)
  return pair === undefined ? undefined : asymmetricKeyOf(pair)
}

/** True for a secret that messages can be signed with. */
export const isWebhookSecret = (secret: Redacted.Redacted): boolean => signingKeyOf(secret) !== undefined

/** The shared secret made of these bytes. */
export const sharedSecretOf = (bytes: Uint8Array): Redacted.Redacted =>
  Redacted.make(`whsec_${Buffer.from(bytes).toString("base64")}`)

/** The ed25519 key grown from a seed of 32 bytes. */
export const keyPairOf = (seed: Uint8Array): { readonly secret: Redacted.Redacted; readonly publicKey: string } => {
  const publicBytes = publicBytesOf(keyOfSeed(seed))
  return {
    secret: Redacted.make(`whsk_${Buffer.concat([seed, publicBytes]).toString("base64")}`),
    publicKey: `whpk_${publicBytes.toString("base64")}`
  }
}

/** A fresh shared secret of 32 random bytes. */
export const makeWebhookSecret = (): Redacted.Redacted => sharedSecretOf(randomBytes(32))
