/**
 * Decides whether fast-xml-parser may see a request at all: well-formed, within limits, without a document type.
 *
 * The parser accepts crossed tags, second roots, doubled attributes and texts that XML does not have. One pass of one
 * expression over the text; it takes time that grows with the text and no faster.
 */
import { requestAttributesMax, requestDepthMax, requestElementsMax } from "../limits.ts"

const declaration =
  /^\s*<\?xml\s+version\s*=\s*["']1\.0["'](?:\s+encoding\s*=\s*["'][uU][tT][fF]-8["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>/

// A start tag, an end tag, a comment, a section, or text; each begins where the one before it ended.
const piece =
  /<(?<start>[\p{L}_][\p{L}\p{N}_.:-]*)(?<attributes>(?:\s+[\p{L}_][\p{L}\p{N}_.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|<\/(?<end>[\p{L}_][\p{L}\p{N}_.:-]*)\s*>|<!--(?:[^-]|-[^-])*-->|<!\[CDATA\[(?<section>(?:[^\]]|\](?!\]>))*)\]\]>|(?<text>[^<]+)/uy

const attributeName = /\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')/gy
const reference = /^&(?:lt|gt|amp|quot|apos|#(\d{1,7})|#x([\da-fA-F]{1,6}));/
// XML 1.0 forbids these, and halves of surrogate pairs.
// oxlint-disable-next-line no-control-regex
const illegalCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u

/** What a document type would begin with, wherever it stands. */
const documentType = /<!(?:DOCTYPE|ENTITY)/i

interface Scan {
  readonly open: Array<string>
  elementCount: number
}

/** The reason why the text is no request, as one sentence for the fault text, or `undefined`. */
export const reasonToRefuse = (text: string): string | undefined => {
  if (documentType.test(text)) return "A document type is not allowed in a SOAP message."
  if (illegalCharacter.test(text)) return "The message holds a character that XML 1.0 does not allow."
  const scan: Scan = { open: [], elementCount: 0 }
  let at = declaration.exec(text)?.[0].length ?? 0
  while (at < text.length) {
    piece.lastIndex = at
    const found = piece.exec(text)
    if (found === null) return `The markup at character ${at + 1} is not well-formed.`
    const reason = reasonOf(scan, found.groups ?? {})
    if (reason !== undefined) return reason
    at = piece.lastIndex
  }
  if (scan.elementCount === 0) return "Start tag expected: the message is empty."
  const unclosed = scan.open.at(-1)
  return unclosed === undefined ? undefined : `The element "${unclosed}" is not closed.`
}

type Groups = Readonly<Record<string, string | undefined>>

const reasonOf = (scan: Scan, groups: Groups): string | undefined => {
  const { attributes = "", empty, end, section, start, text } = groups
  if (start !== undefined) return reasonOfTag(scan, { start, attributes, empty: empty === "/" })
  if (end !== undefined) {
    const expected = scan.open.pop()
    return expected === end ? undefined : `Expected closing tag "${expected ?? ""}" instead of "${end}".`
  }
  const content = section ?? text
  if (content === undefined) return undefined
  if (scan.open.length === 0 && (section !== undefined || content.trim() !== "")) return "Text stands outside the root."
  if (text?.includes("]]>")) return "The end of a section stands in text."
  return text === undefined ? undefined : undeclared(text)
}

const reasonOfTag = (
  scan: Scan,
  { attributes, empty, start }: { readonly start: string; readonly attributes: string; readonly empty: boolean }
): string | undefined => {
  if (scan.open.length === 0 && scan.elementCount > 0) return "Multiple possible root nodes found."
  scan.elementCount++
  if (scan.elementCount > requestElementsMax) return `There are more than ${requestElementsMax} elements.`
  if (scan.open.length >= requestDepthMax) return `Elements are nested deeper than ${requestDepthMax}.`
  if (!empty) scan.open.push(start)
  if (attributes === "") return undefined
  const names = [...attributes.matchAll(attributeName)].map(([, name]) => name)
  if (names.length > requestAttributesMax) {
    return `The element "${start}" has more than ${requestAttributesMax} attributes.`
  }
  if (new Set(names).size < names.length) return `The element "${start}" has an attribute twice.`
  return undeclared(attributes)
}

/** The first reference of the text that is none of XML's own, or to no character. */
const undeclared = (text: string): string | undefined => {
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) {
    const near = text.slice(at, at + 16)
    const found = reference.exec(near)
    const [, decimal, hexadecimal] = found ?? []
    const code = decimal ?? (hexadecimal === undefined ? undefined : `0x${hexadecimal}`)
    if (found === null || (code !== undefined && !isCharacter(Number(code)))) {
      return `The entity "${near.split(";", 1)[0]};" was referenced, but not declared.`
    }
  }
  return undefined
}

const isCharacter = (code: number): boolean =>
  code <= 0x10ffff && code > 0 && !illegalCharacter.test(String.fromCodePoint(code))
