/**
 * Text of the provider made fit to be shown: one line, bounded, nothing that steers a terminal.
 */

// Controls (also C1, which some terminals obey), line and paragraph separators, and invisible formatting such as
// marks that turn the reading direction around.
const unshowable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/** Blanks in place of everything unshowable, trimmed, cut to `lengthMax` characters without splitting one. */
export const displayText = (text: string, lengthMax: number): string => {
  // Cut first, so that the work is bounded too; a pair of surrogates cut in half is dropped.
  const shown = text.slice(0, 2 * lengthMax).replaceAll(unshowable, " ").replaceAll(/ {2,}/g, " ").trim()
  return shown.slice(0, lengthMax).replace(/[\uD800-\uDBFF]$/, "").trimEnd()
}
