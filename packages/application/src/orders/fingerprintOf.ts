/**
 * A short text that is equal for equal requests only, to see whether a repeated key came with the same request.
 */
import * as Effect from "effect/Effect"
import { Digest } from "effect/crypto"
import * as Hash from "effect/Hash"
import * as Redacted from "effect/Redacted"
import type { NewOrder, StoredOrder } from "../ports/index.ts"

// JSON with the fields of each object in one order, absent ones left out. A secret is a word that no JSON has: a rotated
// token is the same request.
const canonical = (value: unknown): string => {
  if (Redacted.isRedacted(value)) return "secret"
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  // JSON writes numbers that it does not know as null.
  if (typeof value === "number") return String(value)
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined"
  const fields = Object.entries(value).filter(([, item]) => item !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(",")}}`
}

// JSON may write any character by its number, and then a byte for each character is enough.
const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(
    text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    (character) => character.charCodeAt(0)
  )

// Names the way it was made, so that a later way can be told from this one.
const prefix = "sha256:"

/** The fingerprint of a request. The request itself is personal data and is not kept. */
export const fingerprintOf = (request: unknown): Effect.Effect<string> =>
  Digest.Digest.use((digest) => digest.digestHex(Digest.sha256, bytesOf(canonical(request)))).pipe(
    Effect.map((hex) => prefix + hex),
    Effect.provide(Digest.layerWebCrypto)
  )

// As version 0.1 wrote it: fields in one order, two 32-bit hashes and the length.
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, ordered(item)])
  )
}

const olderFingerprintOf = (request: unknown): string => {
  const text = JSON.stringify(ordered(request))
  const parts = [Hash.string(text), Hash.string(text.split("").toReversed().join("")), text.length]
  return parts.map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("")
}

/**
 * True if an order that version 0.1 stored came of this request. Its 62 bits can be met on purpose by another request,
 * so what else is stored of the order must agree as well, its amount above all. Nothing is written anew: an order keeps
 * the fingerprint it has, and no order gets an older one.
 */
export const isOlderRepetition = (order: StoredOrder, newOrder: NewOrder, request: unknown): boolean =>
  !order.fingerprint.startsWith(prefix) && order.fingerprint === olderFingerprintOf(request) &&
  order.shopReference === newOrder.shopReference && order.grossMinor === newOrder.grossMinor &&
  order.currency === newOrder.currency && order.language === newOrder.language &&
  order.billToCountry === newOrder.billToCountry && order.subjectMerchant === newOrder.subjectMerchant
