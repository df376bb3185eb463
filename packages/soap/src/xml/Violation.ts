/**
 * What the strict reader finds wrong with a document.
 */
import type { XmlReason } from "../ReplyFailure.ts"
import type { XmlLimits } from "../XmlLimits.ts"

/** What is wrong with a document, and at which UTF-16 offset of its text. */
export interface Violation {
  readonly reason: XmlReason
  readonly at: number
  readonly limit?: ReadLimit
}

/** The limits that are kept while reading; the size is known before there is text. */
export type ReadLimit = Exclude<keyof XmlLimits, "bytesMax">

const reasonOfLimit: Readonly<Record<ReadLimit, XmlReason>> = {
  depthMax: "too-deep",
  elementsMax: "too-many-elements",
  attributesPerElementMax: "too-many-attributes",
  attributesMax: "too-many-attributes",
  textLengthMax: "text-too-long"
}

export const beyondLimit = (limit: ReadLimit, at: number): Violation => ({ reason: reasonOfLimit[limit], at, limit })

// A document that was cut off in the middle of a tag or reference shows one of these, and nothing behind it that
// could close a tag. What really happened is worth more than what it looks like.
const signsOfACut: ReadonlySet<XmlReason> = new Set<XmlReason>([
  "malformed-tag",
  "malformed-markup",
  "mismatched-tag",
  "reference",
  "xml-declaration",
  "processing-instruction"
])

/** The violation, or that the text was cut off where it looks like that. */
export const cutOr = (text: string, { at, reason }: Violation): Violation => {
  const isCut = at >= text.length || (signsOfACut.has(reason) && !text.includes(">", at))
  return isCut ? { reason: "truncated", at: text.length } : { reason, at }
}
