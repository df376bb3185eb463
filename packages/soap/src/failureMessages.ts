/**
 * The sentence for each refusal. No sentence takes anything from the reply but positions.
 */
import type { Refused, ReplyFailureReason } from "./Refused.ts"

const sentences: Readonly<Record<ReplyFailureReason, string>> = {
  "too-many-bytes": "the reply is too large",
  "too-deep": "elements are nested too deeply",
  "too-many-elements": "the reply has too many elements",
  "too-many-attributes": "there are too many attributes",
  "text-too-long": "a text or attribute value is too long",
  "not-utf-8": "the bytes are not UTF-8",
  "xml-declaration": "the XML declaration is malformed or not at the very start",
  "xml-version": "only XML 1.0 is accepted",
  "xml-encoding": "only UTF-8 is accepted as the declared encoding",
  "illegal-character": "a character is not allowed in XML",
  doctype: "document type and entity declarations are not accepted",
  "processing-instruction": "processing instructions are not accepted",
  reference: "an entity or character reference is unknown, illegal or incomplete",
  truncated: "the document ends before it is complete",
  "malformed-tag": "a tag, attribute or name is malformed",
  "malformed-markup": "a comment, a section or text is malformed",
  "mismatched-tag": "an end tag does not match its start tag",
  "duplicate-attribute": "an attribute is given twice",
  "mixed-content": "text stands next to elements or a comment",
  "text-outside-root": "text stands outside the root element",
  "second-root": "there is a second root element",
  "unbound-prefix": "a namespace prefix is not declared",
  "namespace-declaration": "a namespace declaration is not allowed",
  "parser-disagrees": "two parsers do not see the same document",
  "not-a-reply": "this is neither a SOAP 1.1 envelope nor a Docdata reply of version 1.0 to 1.3",
  "malformed-envelope": "the SOAP envelope does not have exactly one body with exactly one element",
  "other-reply": "this is the answer to another operation",
  "no-verdict": "the reply has neither success nor errors, or both",
  "missing-element": "an element is missing",
  "repeated-element": "an element is given more than once",
  "missing-attribute": "an attribute is missing",
  "not-text": "elements stand where text is expected",
  "not-an-integer": "an integer is expected",
  "integer-out-of-range": "an integer is outside 32 bits",
  "not-a-boolean": "true or false is expected",
  "not-a-currency": "a currency of three capitals is expected"
}

/** One line: what is the case, the limit if one was hit, the path if there is one, line and column. */
export const messageOf = (
  { reason, position, limit, path }: Refused
): string => {
  const by = limit === undefined ? "" : ` (${limit.name} is ${limit.max})`
  const at = path === undefined ? "" : `${path}, `
  return `${sentences[reason]}${by}: ${at}line ${position.line}, column ${position.column}`
}
