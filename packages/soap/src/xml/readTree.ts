/**
 * From the parser's nodes to elements: namespaces resolved, references decoded, and a count that proves that parser
 * and guard saw the same document.
 */
import { attributePrefix, attributesKey, sectionKey, textKey } from "./parseNodes.ts"
import { declaresNamespace, namespaceOf, type Scope, scopeOf } from "./namespaces.ts"
import { decodeAttribute, decodeReferences } from "./references.ts"
import type { XmlFailure } from "./Scan.ts"
import type { XmlElement } from "./XmlElement.ts"

/** A node as the parser makes it: one key for the name, and one for attributes if there are any. */
type Node = Readonly<Record<string, unknown>>

interface Building {
  readonly elementStarts: ReadonlyArray<number>
  elementCount: number
  /** The first trouble met; what is built after it is thrown away. */
  failure: XmlFailure | undefined
}

interface Place {
  readonly parent: XmlElement | undefined
  readonly scope: Scope
}

const noAttributes: ReadonlyMap<string, string> = new Map()
const noChildren: ReadonlyArray<XmlElement> = []

/** The root element, or what is wrong with the document's namespaces. */
export const readTree = (
  nodes: ReadonlyArray<object>,
  elementStarts: ReadonlyArray<number>,
  outermost: Scope
): XmlElement | XmlFailure => {
  const building: Building = { elementStarts, elementCount: 0, failure: undefined }
  const roots = readChildren(building, nodes as ReadonlyArray<Node>, { parent: undefined, scope: outermost }).children
  if (building.failure !== undefined) return building.failure
  const root = roots[0]
  return root === undefined || roots.length !== 1 || building.elementCount !== elementStarts.length
    ? { reason: "parser-disagrees", at: 0 }
    : root
}

interface Content {
  readonly children: ReadonlyArray<XmlElement>
  readonly text: string
}

const readChildren = (building: Building, nodes: ReadonlyArray<Node>, place: Place): Content => {
  let children: Array<XmlElement> | undefined
  let text = ""
  for (const node of nodes) {
    const name = nameOf(node)
    if (name === textKey) text += decodeReferences(node[textKey] as string)
    else if (name === sectionKey) text += sectionText(node[sectionKey])
    else {
      const child = readElement(building, node, place)
      if (children === undefined) children = [child]
      else children.push(child)
    }
  }
  // The guard lets nothing but white space stand beside child elements.
  return children === undefined ? { children: noChildren, text } : { children, text: "" }
}

// The name is the first key; nothing else can come before it, since no element name is a number.
const nameOf = (node: Node): string => {
  for (const key in node) return key
  return ""
}

const sectionText = (nodes: unknown): string => {
  const [node] = nodes as ReadonlyArray<Readonly<Record<string, string>>>
  return node?.[textKey] ?? ""
}

const readElement = (building: Building, node: Node, { parent, scope: outer }: Place): XmlElement => {
  const qualifiedName = nameOf(node)
  const raw = node[attributesKey] as Readonly<Record<string, string>> | undefined
  const ordinal = building.elementCount++
  const scope = raw === undefined ? outer : innerScope(building, raw, { outer, ordinal })
  const colon = qualifiedName.indexOf(":")
  const namespace = colon < 0 ? scope.unprefixed : namespaceOf(scope, qualifiedName.slice(0, colon))
  if (namespace === undefined) note(building, "unbound-prefix", ordinal)
  const element = {
    name: colon < 0 ? qualifiedName : qualifiedName.slice(colon + 1),
    namespace: namespace ?? "",
    attributes: raw === undefined ? noAttributes : readAttributes(building, raw, { scope, ordinal }),
    text: "",
    children: noChildren,
    parent,
    ordinal
  }
  const content = readChildren(building, node[qualifiedName] as ReadonlyArray<Node>, { parent: element, scope })
  element.text = content.text
  element.children = content.children
  return element
}

const innerScope = (
  building: Building,
  raw: Readonly<Record<string, string>>,
  { outer, ordinal }: { readonly outer: Scope; readonly ordinal: number }
): Scope => {
  let scope: Scope | undefined = outer
  for (const key in raw) {
    const name = key.slice(attributePrefix.length)
    if (declaresNamespace(name)) scope = scopeOf(scope, name, decodeAttribute(raw[key] ?? ""))
    if (scope === undefined) {
      note(building, "namespace-declaration", ordinal)
      return outer
    }
  }
  return scope
}

const readAttributes = (
  building: Building,
  raw: Readonly<Record<string, string>>,
  { scope, ordinal }: { readonly scope: Scope; readonly ordinal: number }
): ReadonlyMap<string, string> => {
  let attributes: Map<string, string> | undefined
  let expanded: Set<string> | undefined
  for (const key in raw) {
    const name = key.slice(attributePrefix.length)
    if (declaresNamespace(name)) continue
    const colon = name.indexOf(":")
    if (colon < 0) {
      attributes ??= new Map()
      attributes.set(name, decodeAttribute(raw[key] ?? ""))
      continue
    }
    // Not ours, so its value is of no interest; but it must be a legal attribute.
    const namespace = namespaceOf(scope, name.slice(0, colon))
    if (namespace === undefined) note(building, "unbound-prefix", ordinal)
    expanded ??= new Set()
    const expandedName = `${namespace} ${name.slice(colon + 1)}`
    if (expanded.has(expandedName)) note(building, "duplicate-attribute", ordinal)
    expanded.add(expandedName)
  }
  return attributes ?? noAttributes
}

const note = (building: Building, reason: XmlFailure["reason"], ordinal: number): void => {
  building.failure ??= { reason, at: building.elementStarts[ordinal] ?? 0 }
}
