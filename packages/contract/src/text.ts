/**
 * Texts of requests: bounded, on one line, and of characters that every store and XML can carry.
 */
import * as Schema from "effect/Schema"

// Neither controls nor halves of characters nor the two code points that XML cannot carry. By escapes and not by a
// property of Unicode: the patterns of the OpenAPI document are read by other engines, too.
const never = "\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff"
// What changes the direction of the text around it or has no width: two references would look the same to a person.
const unseen = "\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff"
const oneLine = `^[^\\x00-\\x1f${never}]*$`
const severalLines = `^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f${never}]*$`
// A blank start, a character that is none, the rest: one way to match, so the work is linear.
const visible = `^ *[^\\x00-\\x20\\xa0${never}${unseen}][^\\x00-\\x1f${never}${unseen}]*$`

type Words = "one-line" | "several-lines" | "visible"

const forms: Readonly<Record<Words, readonly [pattern: string, expected: string]>> = {
  "one-line": [oneLine, "a text on one line without control characters"],
  "several-lines": [severalLines, "a text without control characters"],
  visible: [visible, "a text on one line that is not blank, without invisible characters"]
}

/**
 * A text between two lengths: on one line, of a person's own words with tabs and line breaks, or not all of it blank. The
 * pattern comes last: what a field says of itself is kept with the last check.
 */
export const boundedText = ({ lengthMax, lengthMin = 1, words }: {
  readonly lengthMin?: number
  readonly lengthMax: number
  readonly words: Words
}) => {
  const [pattern, expected] = forms[words]
  return Schema.String.check(
    Schema.isMinLength(lengthMin),
    Schema.isMaxLength(lengthMax),
    Schema.isPattern(new RegExp(pattern, "u"), { expected })
  )
}

/** 1 to `max` characters on one line. */
export const text = (max: number) => boundedText({ lengthMax: max, words: "one-line" })

/** 1 to `max` characters of a person's own words: tabs and line breaks may be in it. */
export const words = (max: number) => boundedText({ lengthMax: max, words: "several-lines" })

/** 1 to `max` characters, not all of them blank: it identifies something. */
export const reference = (max: number) => boundedText({ lengthMax: max, words: "visible" })

/** As {@link text}, of a given form. */
export const textLike = (max: number, form: RegExp, expected: string) =>
  Schema.String.check(Schema.isMaxLength(max), Schema.isPattern(form, { expected }))

/** An absolute http(s) address. */
export const webAddress = (max: number) =>
  Schema.String.check(
    Schema.isMaxLength(max),
    Schema.isPattern(/^https?:\/\/[^\s/?#]+/u, { expected: "an absolute http(s) URL" })
  )

/** A text that nobody may see: redacted inside. What it means is said of the text, which is what travels. */
export const secret = (max: number, description: string, example: string) =>
  Schema.RedactedFromValue(text(max).annotate({ description, examples: [example] }))
