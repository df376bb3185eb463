/**
 * An element as the decoders see it: namespace and local name apart, references decoded.
 */

export interface XmlElement {
  /** The local name, without prefix. */
  readonly name: string
  /** The namespace name, empty if none. */
  readonly namespace: string
  /** Attributes without a prefix, by name. Docdata's own are all unqualified; others and declarations are left out. */
  readonly attributes: ReadonlyMap<string, string>
  /** The whole text of an element without child elements, white space included. Empty otherwise. */
  readonly text: string
  readonly children: ReadonlyArray<XmlElement>
  readonly parent: XmlElement | undefined
  /** Its place among all elements in document order, from 0; leads to its position in the bytes. */
  readonly ordinal: number
}

/** The children with this local name in this namespace. Elements of other namespaces never count. */
export const childrenNamed = (
  parent: XmlElement,
  namespace: string,
  name: string
): ReadonlyArray<XmlElement> => parent.children.filter((child) => child.name === name && child.namespace === namespace)
