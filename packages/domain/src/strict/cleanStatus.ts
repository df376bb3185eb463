/**
 * Words from the wire as one clean line: no control characters, no blanks at the ends, of bounded length.
 */

// What every documented word looks like; anything else takes the slow way.
const plainStatus = /^[!-~]*$/

// What is left when the cut goes through a character of two halves.
const loneHalf = /[\uD800-\uDBFF]$/

/**
 * The word with every run of white space and control characters as one blank, trimmed, and cut to
 * `lengthMax` characters. Returns the same string when there is nothing to clean.
 */
export const cleanStatus = (word: string, lengthMax: number): string => {
  if (word.length <= lengthMax && plainStatus.test(word)) return word
  // Half a character is none: a store that keeps UTF-8 would give back another word than it was given.
  return word.toWellFormed().replace(/[\s\p{Cc}]+/gu, " ").trim().slice(0, lengthMax).replace(loneHalf, "").trimEnd()
}
