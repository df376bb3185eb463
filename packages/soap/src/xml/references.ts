/**
 * Text and attribute values as XML means them: line ends, and entity and character references, of which there are the
 * five names of XML and numbers, nothing else.
 *
 * fast-xml-parser decodes the five names and not the numbers, so its text is decoded here as well.
 */
import { isLegalCodePoint } from "./characters.ts"

// The longest legal one is `&#x10FFFF;`. More leading zeros than this are refused.
const referenceLengthMax = 12
const numeric = /^#(?:x([0-9A-Fa-f]+)|([0-9]+))$/

const entityCodePoint = (name: string): number => {
  switch (name) {
    case "lt":
      return 0x3c
    case "gt":
      return 0x3e
    case "amp":
      return 0x26
    case "apos":
      return 0x27
    case "quot":
      return 0x22
    default:
      return -1
  }
}

/** The offset behind the `;` of the reference that begins with the `&` at `at`, or -1 if it is not a legal one. */
export const referenceEnd = (text: string, at: number): number => {
  const end = text.slice(at, at + referenceLengthMax).indexOf(";")
  return end > 0 && codePointOf(text.slice(at + 1, at + end)) >= 0 ? at + end + 1 : -1
}

const codePointOf = (name: string): number => {
  const digits = numeric.exec(name)
  if (digits === null) return entityCodePoint(name)
  const [, hexadecimal, decimal] = digits
  const codePoint = hexadecimal === undefined ? Number.parseInt(decimal ?? "", 10) : Number.parseInt(hexadecimal, 16)
  return isLegalCodePoint(codePoint) ? codePoint : -1
}

/** Replaces every reference of a text that was checked. Each is replaced once; the result is not read again. */
const decodeReferences = (text: string): string => {
  let from = text.indexOf("&")
  if (from < 0) return text
  let decoded = text.slice(0, from)
  while (from >= 0) {
    const end = text.indexOf(";", from)
    const next = text.indexOf("&", end)
    decoded += String.fromCodePoint(codePointOf(text.slice(from + 1, end)))
    decoded += next < 0 ? text.slice(end + 1) : text.slice(end + 1, next)
    from = next
  }
  return decoded
}

/** A carriage return, alone or before a line feed, is a line feed in XML. */
export const normalizeLineEnds = (raw: string): string => raw.includes("\r") ? raw.replaceAll(/\r\n?/g, "\n") : raw

export const decodeText = (raw: string): string => decodeReferences(normalizeLineEnds(raw))

/** An attribute value as XML normalises it: white space as written becomes blanks, referenced white space stays. */
export const decodeAttribute = (raw: string): string =>
  decodeReferences(/[\t\n\r]/.test(raw) ? raw.replaceAll(/\r\n|[\t\n\r]/g, " ") : raw)
