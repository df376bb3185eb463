/**
 * The guard's steps over tags: names, attributes, and whether end tags match.
 */
import {
  ampersand,
  doubleQuote,
  equals,
  greaterThan,
  isLegalUnit,
  isSpace,
  lessThan,
  qualifiedNameEnd,
  singleQuote,
  slash
} from "./characters.ts"
import { referenceEnd } from "./references.ts"
import { holdsMarkup, noteContent, type Scan, stop, stopAtLimit, stopped } from "./Scan.ts"

/** From the `<` of a start tag or empty-element tag to behind its `>`. */
export const scanStartTag = (scan: Scan, from: number): number => {
  const { text, limits, elementStarts, openNames, openContents } = scan
  if (openNames.length === 0 && elementStarts.length > 0) return stop(scan, "second-root", from)
  if (elementStarts.length >= limits.elementsMax) return stopAtLimit(scan, "elementsMax", from)
  if (openNames.length >= limits.depthMax) return stopAtLimit(scan, "depthMax", from)
  if (noteContent(scan, holdsMarkup, from) === stopped) return stopped
  const nameEnd = qualifiedNameEnd(text, from + 1)
  if (nameEnd < 0) return stop(scan, "malformed-tag", from + 1)
  elementStarts.push(from)
  scan.textLength = 0
  const end = scanAttributes(scan, nameEnd)
  if (end === stopped || text.charCodeAt(end - 2) === slash) return end
  openNames.push(from + 1)
  openContents.push(0)
  return end
}

/** From the `<` of an end tag to behind its `>`. */
export const scanEndTag = (scan: Scan, from: number): number => {
  const { text, openNames, openContents } = scan
  const name = openNames.pop()
  if (name === undefined) return stop(scan, "mismatched-tag", from)
  openContents.pop()
  scan.textLength = 0
  const nameEnd = qualifiedNameEnd(text, from + 2)
  if (nameEnd < 0) return stop(scan, "malformed-tag", from + 2)
  // The open name ends where it differs; if it goes on behind the length compared here, it is a longer one.
  for (let offset = 0; from + 2 + offset < nameEnd; offset++) {
    if (text.charCodeAt(name + offset) !== text.charCodeAt(from + 2 + offset)) return stop(scan, "mismatched-tag", from)
  }
  if (qualifiedNameEnd(text, name) !== name + nameEnd - from - 2) return stop(scan, "mismatched-tag", from)
  const close = skipSpace(text, nameEnd)
  return text.charCodeAt(close) === greaterThan ? close + 1 : stop(scan, "malformed-tag", close)
}

const skipSpace = (text: string, from: number): number => {
  let at = from
  while (isSpace(text.charCodeAt(at))) at++
  return at
}

/** From behind the element's name to behind the tag's `>`. */
const scanAttributes = (scan: Scan, from: number): number => {
  const { text, limits, attributeNames } = scan
  attributeNames.length = 0
  let at = from
  for (;;) {
    const next = skipSpace(text, at)
    const code = text.charCodeAt(next)
    if (code === greaterThan) return next + 1
    if (code === slash) {
      return text.charCodeAt(next + 1) === greaterThan ? next + 2 : stop(scan, "malformed-tag", next + 1)
    }
    if (next === at) return stop(scan, "malformed-tag", at)
    if (attributeNames.length >= 2 * limits.attributesPerElementMax) {
      return stopAtLimit(scan, "attributesPerElementMax", next)
    }
    if (scan.attributeCount >= limits.attributesMax) return stopAtLimit(scan, "attributesMax", next)
    at = scanAttribute(scan, next)
    if (at === stopped) return stopped
  }
}

const scanAttribute = (scan: Scan, from: number): number => {
  const { text, attributeNames } = scan
  const nameEnd = qualifiedNameEnd(text, from)
  if (nameEnd < 0) return stop(scan, "malformed-tag", from)
  for (let index = 0; index < attributeNames.length; index += 2) {
    const start = attributeNames[index] ?? 0
    if (attributeNames[index + 1] === start + nameEnd - from && text.startsWith(text.slice(from, nameEnd), start)) {
      return stop(scan, "duplicate-attribute", from)
    }
  }
  attributeNames.push(from, nameEnd)
  scan.attributeCount++
  const equalsAt = skipSpace(text, nameEnd)
  if (text.charCodeAt(equalsAt) !== equals) return stop(scan, "malformed-tag", equalsAt)
  const open = skipSpace(text, equalsAt + 1)
  const quote = text.charCodeAt(open)
  return quote === doubleQuote || quote === singleQuote
    ? scanAttributeValue(scan, open, quote)
    : stop(scan, "malformed-tag", open)
}

const scanAttributeValue = (scan: Scan, open: number, quote: number): number => {
  const { text, limits } = scan
  const longest = open + 1 + limits.textLengthMax
  let at = open + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === quote) return at > longest ? stopAtLimit(scan, "textLengthMax", open + 1) : at + 1
    if (at > longest) return stopAtLimit(scan, "textLengthMax", open + 1)
    if (code === ampersand) {
      const end = referenceEnd(text, at)
      if (end < 0) return stop(scan, "reference", at)
      at = end
      continue
    }
    if (code === lessThan) return stop(scan, "malformed-tag", at)
    if (!isLegalUnit(code)) return stop(scan, "illegal-character", at)
    at++
  }
}
