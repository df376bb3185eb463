/**
 * Text from outside as it may be shown: on one line, bounded, without characters that steer a terminal. Like
 * `displayText` of @docdata/soap, which every start would have to load for the sake of this line.
 */

/** Longest piece of foreign text in a message or a table: file names, words of a report, what was typed. */
const lengthMax = 200

const unshowable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/** Blanks in place of everything unshowable, trimmed and cut. */
export const printable = (text: string): string =>
  text.slice(0, lengthMax).replaceAll(unshowable, " ").trim().replace(/[\uD800-\uDBFF]$/, "")
