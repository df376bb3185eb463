/**
 * The shared secret of a webhook endpoint, as the Standard Webhooks specification writes it: `whsec_` and base64.
 */
import { randomBytes } from "node:crypto"
import * as Redacted from "effect/Redacted"

const prefix = "whsec_"

/** The specification's bounds: fewer bytes can be guessed, more help nobody. */
const secretBytesMin = 24
const secretBytesMax = 64

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

/** The key inside a secret, or `undefined` if it is none: wrong prefix, no base64, fewer than 24 or more than 64 bytes. */
export const webhookKeyOf = (secret: Redacted.Redacted): Uint8Array | undefined => {
  const text = Redacted.value(secret)
  if (!text.startsWith(prefix)) return undefined
  const encoded = text.slice(prefix.length)
  if (!base64.test(encoded)) return undefined
  const key = Buffer.from(encoded, "base64")
  return key.length < secretBytesMin || key.length > secretBytesMax ? undefined : key
}

/** A fresh secret of 32 random bytes. */
export const makeWebhookSecret = (): Redacted.Redacted =>
  Redacted.make(`${prefix}${randomBytes(32).toString("base64")}`)
