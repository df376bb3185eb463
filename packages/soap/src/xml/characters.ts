/**
 * What XML 1.0 says about single characters, as far as this reader needs it.
 */

const tab = 0x09
export const lineFeed = 0x0a
export const carriageReturn = 0x0d
const space = 0x20
export const exclamation = 0x21
export const doubleQuote = 0x22
export const ampersand = 0x26
export const singleQuote = 0x27
export const slash = 0x2f
export const colonSign = 0x3a
export const lessThan = 0x3c
export const equals = 0x3d
export const greaterThan = 0x3e
export const question = 0x3f
export const bracketClose = 0x5d

/** White space of XML: four characters, no others. JavaScript's `trim` knows many more. */
export const isSpace = (code: number): boolean =>
  code === space || code === lineFeed || code === carriageReturn || code === tab

/**
 * True if XML 1.0 allows this UTF-16 unit in a document. Halves of surrogate pairs pass: they cannot stand
 * alone in text that was decoded from UTF-8.
 */
export const isLegalUnit = (unit: number): boolean => unit >= space ? unit < 0xfffe : isSpace(unit)

/** True if XML 1.0 allows this code point, also when it is written as a numeric reference. */
export const isLegalCodePoint = (codePoint: number): boolean =>
  codePoint < 0xd800 ? isLegalUnit(codePoint) : codePoint > 0xdfff && codePoint <= 0x10ffff &&
    codePoint !== 0xfffe && codePoint !== 0xffff

const nameStart = 1
const nameRest = 2

// Names are ASCII here: Docdata's schema has no others, and a table of 128 is both fast and easy to check.
const nameClasses = new Uint8Array(128)
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_") {
  nameClasses[letter.charCodeAt(0)] = nameStart | nameRest
}
for (const other of "0123456789-.") nameClasses[other.charCodeAt(0)] = nameRest

/**
 * The end of the qualified name (`name` or `prefix:name`) that begins at `from`, or -1 if none does. At the end
 * of the text, the name ends there.
 */
export const qualifiedNameEnd = (text: string, from: number): number => {
  const colonAt = nameEndAt(text, from)
  return colonAt > 0 && text.charCodeAt(colonAt) === colonSign ? nameEndAt(text, colonAt + 1) : colonAt
}

/** The end of the name without a colon that begins at `from`, or -1 if none does. */
export const nameEndAt = (text: string, from: number): number => {
  if (((nameClasses[text.charCodeAt(from)] ?? 0) & nameStart) === 0) return -1
  let at = from + 1
  while (((nameClasses[text.charCodeAt(at)] ?? 0) & nameRest) !== 0) at++
  return at
}
