/**
 * A short text that is equal for equal values, to tell whether a repeated request is the same request.
 */
import * as Hash from "effect/Hash"

// Keys in one order, whatever order the caller built its objects in. Secrets inside print as redacted and so do
// not take part, which is right: a rotated token is the same request.
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, ordered(item)])
  )
}

/**
 * The fingerprint. Two 32-bit hashes and the length: a repeated key with another request is an accident, not an attack,
 * and one in 2^64 accidents may pass. The text itself is personal data and is not kept.
 */
export const fingerprintOf = (value: unknown): string => {
  const text = JSON.stringify(ordered(value))
  const parts = [Hash.string(text), Hash.string(text.split("").toReversed().join("")), text.length]
  return parts.map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("")
}
