/**
 * The signature in return addresses: a proof that this service made the address.
 *
 * An HMAC over merchant and order key, so that a stranger who guesses keys cannot make us ask Docdata. It does not
 * expire: an order is read again with the same menu address, shoppers come back after days, and what a signature
 * allows is no more than a refresh within limits.
 */
import { createHmac, timingSafeEqual } from "node:crypto"
import * as Redacted from "effect/Redacted"

/** Secrets that sign: the first one signs, all of them are believed, so that one can be replaced without a gap. */
export type ReturnSecrets = ReadonlyArray<Redacted.Redacted>

/** An order, as its return address names it. */
interface Named {
  readonly merchant: string
  readonly key: string
}

/** As much as the output of the hash; less is easier to guess than the signature itself. */
export const returnSecretLengthMin = 32

const macOf = (secret: Redacted.Redacted, { key, merchant }: Named): Buffer =>
  createHmac("sha256", Redacted.value(secret)).update(JSON.stringify(["return", merchant, key])).digest()

/** The signature of an order, or `undefined` where no secret is set. */
export const returnSignature = (secrets: ReturnSecrets, named: Named): string | undefined => {
  const [secret] = secrets
  return secret === undefined ? undefined : macOf(secret, named).toString("base64url")
}

/** Whether one of the secrets made the signature; each is compared in constant time. */
export const isReturnSignature = (secrets: ReturnSecrets, named: Named, signature: string): boolean => {
  const given = Buffer.from(signature, "base64url")
  let isKnown = false
  for (const secret of secrets) {
    const mac = macOf(secret, named)
    if (mac.length === given.length && timingSafeEqual(mac, given)) isKnown = true
  }
  return isKnown
}
