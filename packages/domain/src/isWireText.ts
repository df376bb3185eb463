/**
 * Which text can be sent to a provider and come back as it was.
 */

// The characters of XML 1.0. With the flag a half of a surrogate pair is a character of its own, and none of these.
const xmlCharacters = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u

/** False for what cannot stand in XML 1.0 at all, not even as a reference: most controls, U+FFFE, lone surrogates. */
export const isWireText = (text: string): boolean => xmlCharacters.test(text)
