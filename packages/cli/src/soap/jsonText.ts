/**
 * JSON for people and programs: indented, and safe to print, whatever foreign text is in it.
 */

// JSON itself escapes only the first of these; the others steer terminals and editors.
const unshowable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("")

/** The same value, with everything unshowable as `\uXXXX`. */
export const jsonText = (value: object): string =>
  JSON.stringify(value, undefined, 2).replaceAll(
    unshowable,
    (character) => character === "\n" ? character : escaped(character)
  )
