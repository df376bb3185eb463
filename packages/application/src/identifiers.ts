/**
 * Ids of our own: made from the random service, so that tests decide them. They are names, not secrets.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"

// Crockford's alphabet: no letter that is taken for a digit when read aloud.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** `length` characters of 5 random bits each. */
export const randomText = (length: number): Effect.Effect<string> =>
  Effect.map(
    Effect.replicateEffect(Random.nextIntBetween(0, alphabet.length - 1), length),
    (positions) => positions.map((position) => alphabet.charAt(position)).join("")
  )

// 20 characters are 100 bits: two of ten billion are the same with a chance of one in 10^10.
const idLength = 20

/** A new id with a prefix that says of what: `ord_4K7Q...`. */
export const newId = (prefix: string): Effect.Effect<string> =>
  Effect.map(randomText(idLength), (text) => `${prefix}_${text}`)
