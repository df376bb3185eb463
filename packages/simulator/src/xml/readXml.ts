/**
 * Reads a request body into {@link XmlElement}s: well-formed XML without a document type, namespaces resolved,
 * no value ever turned into a number.
 *
 * The library is used as a tokenizer. Its parser accepts documents that are cut off or crossed, so its validator
 * runs first; entities are decoded here because neither of its two settings decodes exactly the five names and
 * the numeric references.
 */
import { XMLParser, XMLValidator } from "fast-xml-parser"
import type { XmlElement } from "./XmlElement.ts"

/** The body is no XML that this service would read. `reason` is one sentence for the fault text. */
export interface XmlFailure {
  readonly _tag: "XmlFailure"
  readonly reason: string
}

type Scope = ReadonlyMap<string, string>
type OrderedNode = Readonly<Record<string, unknown>>

// A create request with a long invoice nests 8 deep; 40 leaves room and keeps recursion harmless.
const depthMax = 40

const textKey = "#text"
const rawTextKey = "#cdata"
const attributesKey = ":@"
const attributePrefix = "@_"

const tokenizer = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: attributePrefix,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignorePiTags: true,
  textNodeName: textKey,
  cdataPropName: rawTextKey
})

// The one prefix that is bound without a declaration.
const builtIn: Scope = new Map([["xml", "http://www.w3.org/XML/1998/namespace"]])

const namedEntities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'" }

class Unreadable extends Error {}

const decodeEntity = (whole: string, name: string): string => {
  const named = namedEntities[name]
  if (named !== undefined) return named
  const number = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  const legal = Number.isInteger(number) && number > 0 && number <= 0x10ffff && (number < 0xd800 || number > 0xdfff)
  if (!name.startsWith("#") || !legal) throw new Unreadable(`The entity "${whole}" was referenced, but not declared.`)
  return String.fromCodePoint(number)
}

const decodeText = (text: string): string => text.replaceAll(/&([#\w]+);/g, decodeEntity)

const isNode = (value: unknown): value is OrderedNode => typeof value === "object" && value !== null

const splitName = (qualified: string): readonly [prefix: string, local: string] => {
  const at = qualified.indexOf(":")
  return at < 0 ? ["", qualified] : [qualified.slice(0, at), qualified.slice(at + 1)]
}

// Values are never parsed, so text is text.
const textOf = (node: OrderedNode): string => {
  const value = node[textKey]
  return typeof value === "string" ? value : ""
}

const attributesOf = (node: OrderedNode): ReadonlyArray<readonly [string, string]> => {
  const raw = node[attributesKey]
  if (!isNode(raw)) return []
  return Object.entries(raw).map(([key, value]) => [key.slice(attributePrefix.length), decodeText(String(value))])
}

const declaredIn = (attributes: ReadonlyArray<readonly [string, string]>, outer: Scope): Scope => {
  const inner = new Map(outer)
  for (const [key, value] of attributes) {
    if (key === "xmlns") inner.set("", value)
    if (key.startsWith("xmlns:")) inner.set(key.slice(6), value)
  }
  return inner
}

const namespaceOf = (prefix: string, scope: Scope): string => {
  const namespace = scope.get(prefix)
  if (namespace === undefined && prefix !== "") throw new Unreadable(`The prefix "${prefix}" is not bound.`)
  return namespace ?? ""
}

const readAttributes = (
  attributes: ReadonlyArray<readonly [string, string]>,
  scope: Scope
): ReadonlyMap<string, string> =>
  new Map(
    attributes.flatMap(([key, value]) => {
      const [prefix, local] = splitName(key)
      if (key === "xmlns" || prefix === "xmlns") return []
      return [[prefix === "" ? local : `{${namespaceOf(prefix, scope)}}${local}`, value] as const]
    })
  )

const readNode = (node: OrderedNode, outer: Scope, depth: number): XmlElement | undefined => {
  if (depth > depthMax) throw new Unreadable(`Elements are nested deeper than ${depthMax}.`)
  const qualified = Object.keys(node).find((key) => key !== attributesKey)
  if (qualified === undefined || qualified === textKey || qualified === rawTextKey || qualified.startsWith("?")) {
    return undefined
  }
  const attributes = attributesOf(node)
  const scope = declaredIn(attributes, outer)
  const [prefix, name] = splitName(qualified)
  const inner = node[qualified]
  const parts = Array.isArray(inner) ? inner.filter(isNode) : []
  const rawText = (part: OrderedNode): string => {
    const wrapped = part[rawTextKey]
    return Array.isArray(wrapped) ? wrapped.filter(isNode).map((piece) => textOf(piece)).join("") : ""
  }
  return {
    namespace: namespaceOf(prefix, scope),
    name,
    attributes: readAttributes(attributes, scope),
    children: parts.flatMap((part) => readNode(part, scope, depth + 1) ?? []),
    text: parts.map((part) => textKey in part ? decodeText(textOf(part)) : rawText(part)).join("")
  }
}

// XML 1.0 forbids these; the library lets them through.
// oxlint-disable-next-line no-control-regex
const illegalCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/** Reads one document. Refused: anything not well-formed, a document type, unbound prefixes, undeclared entities. */
export const readXml = (text: string): XmlElement | XmlFailure => {
  const refuse = (reason: string): XmlFailure => ({ _tag: "XmlFailure", reason })
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return refuse("A document type is not allowed in a SOAP message.")
  if (illegalCharacters.test(text)) return refuse("The message holds a character that XML 1.0 does not allow.")
  const verdict = XMLValidator.validate(text)
  if (verdict !== true) return refuse(verdict.err.msg)
  try {
    const parsed: unknown = tokenizer.parse(text)
    const roots = (Array.isArray(parsed) ? parsed : []).filter(isNode).flatMap((node) =>
      readNode(node, builtIn, 0) ?? []
    )
    const [root, second] = roots
    if (root === undefined || second !== undefined) return refuse("A message has exactly one root element.")
    return root
  } catch (problem) {
    return refuse(problem instanceof Error ? problem.message : "The message is unreadable.")
  }
}

/** True if reading failed. */
export const isRefused = (value: XmlElement | XmlFailure): value is XmlFailure => "_tag" in value
