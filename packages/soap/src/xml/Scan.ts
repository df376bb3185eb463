/**
 * The state of one pass of the guard, and how it ends early.
 *
 * A scanning step takes the offset where it begins and returns the offset where the next step begins, or `stopped`
 * after it has written down the trouble. Plain numbers, because a scan makes a few hundred steps per reply and must
 * not cost more than a few microseconds.
 */
import type { XmlReason } from "../ReplyFailure.ts"
import type { XmlLimits } from "./XmlLimits.ts"

/** What is wrong with a document, and at which UTF-16 offset of its text. */
export interface XmlFailure {
  readonly reason: XmlReason
  readonly at: number
  readonly limit?: ScanLimit
}

/** The limits that the guard keeps; the size is known before there is text. */
export type ScanLimit = Exclude<keyof XmlLimits, "bytesMax">

export interface Scan {
  readonly text: string
  readonly limits: XmlLimits
  /** Offset of the `<` of every element, in document order. */
  readonly elementStarts: Array<number>
  /** Offset of the name of every open element, outermost first. */
  readonly openNames: Array<number>
  /** What each open element holds so far, as bits: {@link holdsText}, {@link holdsMarkup}. */
  readonly openContents: Array<number>
  /** Names of the attributes of the tag being scanned: start, end, start, end. */
  readonly attributeNames: Array<number>
  attributeCount: number
  /** Length of the text of the innermost element so far, sections included. */
  textLength: number
  failure: XmlFailure | undefined
}

export const holdsText = 1
/** A child element or a comment. */
export const holdsMarkup = 2

/** Returned by a step that found trouble. */
export const stopped = -1

export const stop = (scan: Scan, reason: XmlReason, at: number): number => {
  const { text } = scan
  const cut = at >= text.length || (signsOfACut.has(reason) && !text.includes(">", at))
  scan.failure = cut ? { reason: "truncated", at: text.length } : { reason, at }
  return stopped
}

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

const reasonOfLimit: Readonly<Record<ScanLimit, XmlReason>> = {
  depthMax: "too-deep",
  elementsMax: "too-many-elements",
  attributesPerElementMax: "too-many-attributes",
  attributesMax: "too-many-attributes",
  textLengthMax: "text-too-long"
}

export const stopAtLimit = (scan: Scan, limit: ScanLimit, at: number): number => {
  scan.failure = { reason: reasonOfLimit[limit], at, limit }
  return stopped
}

/**
 * Notes that the innermost open element holds text or markup, and stops when it then holds both: no element of
 * the schema does, and parsers glue the pieces of such text together.
 */
export const noteContent = (scan: Scan, bit: number, at: number): number => {
  const { openContents } = scan
  const innermost = openContents.length - 1
  if (innermost < 0) return at
  const held = (openContents[innermost] ?? 0) | bit
  openContents[innermost] = held
  return held === (holdsText | holdsMarkup) ? stop(scan, "mixed-content", at) : at
}
