/**
 * Docdata's error texts without the values they quote.
 *
 * Its XML validator answers with sentences such as "Value 'Jansen-de Vries...' with length = '36' is not
 * facet-valid": useful, but with personal data in the middle.
 */
import { displayText } from "../displayText.ts"
import { errorTextLengthMax } from "../envelope/Reply.ts"
import { mask, redactXml } from "./redactXml.ts"

// Names of elements and types, and expectations in braces, say where the problem is; they are words of the schema.
const harmless = /^(?:[A-Za-z][A-Za-z]{0,39}|[#\w]*\{?"?http:\/\/www\.docdatapayments\.com\/[\w./":,{} -]*\}?|\d{1,4})$/
// A quoted value may hold quotes itself, so whatever follows such a word is masked up to the sentence's next words.
const quotedValue =
  /\b(value|Value|data is:?)\s+(['"]).*?\2(?=\s+(?:is not|of (?:element|attribute)|with length|with respect)\b|\s*[.;]?\s*$)/g
const quotedFirst = /:\s+(['"]).*?\1(?=\s+is not a valid value\b)/g
const quoted = /(['"])(.*?)\1/g

// Whatever the server says of its own accord: account numbers, mail addresses, long numbers of cards and accounts.
const accountNumber = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b|\b\d(?:[ -]?\d){6,}\b|[^\s'"<>]+@[^\s'"<>]+/g

// Shorter ones occur in ordinary words; a state's or language's two letters tell nothing about a person.
const echoLengthMin = 4

const unescaped = (raw: string): string =>
  raw.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", "\"").replaceAll("&apos;", "'")
    .replaceAll("&#13;", "\r").replaceAll("&amp;", "&")

/** The values of a request that its redacted text would not show, longest first. */
const unshownValues = (request: string): ReadonlyArray<string> => {
  const values = new Set<string>()
  redactXml(request, (raw) => values.add(unescaped(raw).trim()))
  return [...values].filter((value) => value.length >= echoLengthMin).toSorted((a, b) => b.length - a.length)
}

// A text may have been cut: a quoted value whose end is missing is masked to the end.
const unclosed = /(?<=^|[\s:(=])(['"])(?:(?!\1).)*$/

/** Without the beginning of a request's value at the end of a text that was cut in its middle. */
const withoutCutEcho = (text: string, values: ReadonlyArray<string>): string => {
  for (const value of values) {
    for (let length = Math.min(value.length, text.length); length >= 2 * echoLengthMin; length--) {
      if (text.endsWith(value.slice(0, length))) return text.slice(0, -length) + mask
    }
  }
  return text
}

/**
 * One line of at most {@link errorTextLengthMax} characters for logs and screens: everything quoted is masked unless
 * it is a word of the schema or a short number, and so is whatever the request said that is not to be shown, quoted or
 * not. Cut first, because the expressions above take time that grows with the square of a text.
 */
export const cleanMessage = (message: string, request = ""): string => {
  const values = unshownValues(request)
  const shown = displayText(message, errorTextLengthMax)
  return withoutCutEcho(values.reduce((text, value) => text.replaceAll(value, mask), shown), values)
    .replaceAll(accountNumber, mask)
    .replaceAll(quotedValue, (_, word: string) => `${word} ${mask}`)
    .replaceAll(quotedFirst, `: ${mask}`)
    .replaceAll(quoted, (whole, _, inner: string) => harmless.test(inner) ? whole : mask)
    .replace(unclosed, mask)
}
