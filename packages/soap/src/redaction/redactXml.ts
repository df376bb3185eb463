/**
 * A request or reply as text that may be looked at: the same markup, with everything masked that is not on the list.
 *
 * Works on whatever arrived, well-formed or not: what is not recognised as a tag is text, and text is shown only
 * inside an element that is on the list. A document that is no XML at all comes out as one mask.
 */
import { maskedBelow, shownAttributes, shownElements } from "./shownNames.ts"

export const mask = "***"

// Exchanges are for people; nobody reads further, and stores should not have to keep more.
const shownLengthMax = 64_000
// Longer "names" are no names, and unknown short ones are what a newer schema adds.
const nameLengthMax = 64

const tag = /<(\/?)([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)((?:\s+[^\s=<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const attribute = /\s+([^\s=<>"']+)\s*=\s*("[^"<]*"|'[^'<]*')/gy
const declaration = /^\uFEFF?<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\s*\?>/
const namespaceAddress = /^["']http:\/\/(?:www\.docdatapayments\.com\/services\/|schemas\.xmlsoap\.org\/)[\w./-]*["']$/
const blank = /^\s*$/

const localName = (name: string): string => name.slice(name.indexOf(":") + 1)

type OnMasked = (raw: string) => void

const redactAttributes = (element: string, attributes: string, onMasked: OnMasked): string =>
  attributes.replaceAll(attribute, (_, name: string, quoted: string) => {
    if (name === "xmlns" || name.startsWith("xmlns:")) {
      return ` ${name.slice(0, nameLengthMax)}=${namespaceAddress.test(quoted) ? quoted : `"${mask}"`}`
    }
    const shown = shownAttributes.has(`@${name}`) || shownAttributes.has(`${element}@${name}`)
    if (!shown) onMasked(quoted.slice(1, -1))
    return ` ${name.slice(0, nameLengthMax)}=${shown ? quoted : `"${mask}"`}`
  })

interface Open {
  readonly name: string
  readonly shown: boolean
  /** An element above, or this one, is on the list of those below which all is masked. */
  readonly masked: boolean
}

const enter = (name: string, parent: Open | undefined): Open => {
  const masked = parent?.masked === true || maskedBelow.has(name)
  const listed = shownElements.has(name) || (parent !== undefined && shownElements.has(`${parent.name}/${name}`))
  return { name, masked, shown: listed && !masked }
}

// What begins like markup and is no tag (a comment, a section, a cut tag) is masked wherever it stands.
const redactText = (text: string, open: Open | undefined): string =>
  blank.test(text) || (open?.shown === true && !text.startsWith("<"))
    ? text
    : mask

const ignore: OnMasked = () => undefined

/**
 * Redacts a document of any size and shape; the result has at most {@link shownLengthMax} characters and a mark.
 * `onMasked` hears everything that was masked, as written.
 */
export const redactXml = (xml: string, onMasked: OnMasked = ignore): string => {
  const head = declaration.exec(xml)?.[0] ?? ""
  const opened: Array<Open> = []
  let out = head
  let at = head.length
  while (at < xml.length && out.length < shownLengthMax) {
    tag.lastIndex = at
    const found = tag.exec(xml)
    if (found === null) {
      const next = xml.indexOf("<", at + 1)
      const end = next < 0 ? xml.length : next
      const text = xml.slice(at, end)
      const shown = redactText(text, opened.at(-1))
      if (shown === mask) onMasked(text)
      if (shown !== mask || !out.endsWith(mask)) out += shown
      at = end
      continue
    }
    const [whole, slash = "", qualified = "", attributes = "", empty = ""] = found
    at += whole.length
    const shownName = qualified.slice(0, nameLengthMax)
    if (slash === "/") {
      opened.pop()
      out += `</${shownName}>`
      continue
    }
    const name = localName(qualified)
    out += `<${shownName}${redactAttributes(name, attributes, onMasked)}${empty}>`
    if (empty === "") opened.push(enter(name, opened.at(-1)))
  }
  return at < xml.length ? `${out.slice(0, shownLengthMax)}... cut` : out
}
