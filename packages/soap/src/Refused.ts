/**
 * What can be wrong with a reply, and where.
 */
import type { XmlLimits } from "./XmlLimits.ts"

/** The bytes are no XML that is accepted here. */
export type XmlReason =
  /** A limit was exceeded; `limit` says which. */
  | "too-many-bytes"
  | "too-deep"
  | "too-many-elements"
  | "too-many-attributes"
  | "text-too-long"
  /** Not UTF-8. The position is that of the first bad byte. */
  | "not-utf-8"
  /** Something before the XML declaration, or a declaration that is none. */
  | "xml-declaration"
  /** A version other than 1.0. */
  | "xml-version"
  /** A declared encoding other than UTF-8. */
  | "xml-encoding"
  /** A character that XML does not have (NUL, most controls, U+FFFE, U+FFFF). */
  | "illegal-character"
  /** A document type or an entity declaration. */
  | "doctype"
  | "processing-instruction"
  /** An entity other than the five of XML, a numeric reference to no legal character, or a bare `&`. */
  | "reference"
  /** The document ends in the middle, or is empty. */
  | "truncated"
  /** A tag, attribute or name that is not written as XML wants it; names are ASCII here. */
  | "malformed-tag"
  /** A comment with `--` in it, `]]>` in text, or `<!` before anything unknown. */
  | "malformed-markup"
  | "mismatched-tag"
  | "duplicate-attribute"
  /** Text next to child elements or to a comment. */
  | "mixed-content"
  | "text-outside-root"
  | "second-root"
  /** A prefix that no declaration binds. */
  | "unbound-prefix"
  /** A declaration that Namespaces in XML forbids. */
  | "namespace-declaration"
  /** The strict reader and fast-xml-parser do not see the same document. Never expected; please report it. */
  | "parser-disagrees"

/** The XML is sound, but no reply that was asked for. */
export type EnvelopeReason =
  /** Neither a SOAP 1.1 envelope nor an element of Docdata's namespaces. */
  | "not-a-reply"
  /** An envelope without exactly one body with exactly one element. */
  | "malformed-envelope"
  /** The answer to another operation. */
  | "other-reply"
  /** Neither success nor errors, or both. */
  | "no-verdict"

/** The reply is the right one, but a value in it is not what the schema promises. `path` says where. */
export type FieldReason =
  | "missing-element"
  /** An element that may stand once stands twice. */
  | "repeated-element"
  | "missing-attribute"
  /** Child elements where text is expected. */
  | "not-text"
  /** An amount or score that is not an optional minus and one to ten digits. */
  | "not-an-integer"
  /** An integer outside 32 bits. */
  | "integer-out-of-range"
  | "not-a-boolean"
  /** A currency that is not three capitals. */
  | "not-a-currency"

export type ReplyFailureReason = XmlReason | EnvelopeReason | FieldReason

/** Where in the bytes. */
export interface Position {
  /** Counts from 0, byte order mark included. */
  readonly byteOffset: number
  /** Counts from 1. Line feed, carriage return and the pair of both end a line. */
  readonly line: number
  /** Counts from 1, in UTF-16 units of the decoded text. */
  readonly column: number
}

/** Why a reply is refused, before anything is said about it. */
export interface Refused {
  readonly reason: ReplyFailureReason
  readonly position: Position
  /** The limit that was exceeded and its value. */
  readonly limit?: { readonly name: keyof XmlLimits; readonly max: number }
  /** For {@link FieldReason}: `statusResponse/statusSuccess/report/payment[2]/id`; an attribute as `@currency`. */
  readonly path?: string
}
