/**
 * Lists in pages.
 */
import * as Schema from "effect/Schema"
import { text } from "./text.ts"

/** More at once would make answers that nobody waits for. */
const pageSizeMax = 200

/**
 * A whole number in an address: digits and nothing else. What JavaScript also takes for a number, such as an empty text, is
 * a mistake here. `x-integer` says to the OpenAPI document what the text means.
 */
const wholeNumber = (
  range: { readonly minimum: number; readonly maximum: number },
  description: string,
  example: number
) =>
  Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^\d{1,16}$/u, { expected: "a whole number" }))
      .annotate({ "x-integer": { ...range, example }, description })
      .pipe(Schema.decodeTo(Schema.NumberFromString))
      .check(Schema.isBetween(range))
  )

/** How many a page holds at most. */
export const limit = wholeNumber({ minimum: 1, maximum: pageSizeMax }, "At most so many on a page; 50 when absent.", 50)

/** Where a page begins. */
export const after = Schema.optionalKey(text(300))
  .annotateKey({ description: "Goes on after this position: the `next` of an earlier page." })

/** A position in the event feed. */
export const feedPosition = wholeNumber(
  { minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  "Goes on after this position: the `next` of an earlier page; from the start when absent.",
  0
)

/** A revision of an order. */
export const beforeRevision = wholeNumber(
  { minimum: 1, maximum: 2 ** 31 },
  "Goes on below this revision: the `next` of an earlier page.",
  3
)

/** Where the next page begins. */
export const next = Schema.optionalKey(Schema.String)
  .annotateKey({ description: "The `after` of the following page; absent on the last one." })

/** A count: a whole number from zero. */
export const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
