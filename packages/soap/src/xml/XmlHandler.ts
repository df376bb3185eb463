/**
 * What a reader of XML says, and who hears it: elements as they begin and end, names and namespaces resolved.
 */

/** What can be asked about the element that has just begun or ended; it holds until the handler returns. */
export interface XmlSource {
  /** Offset of the `<` of the element that began last. */
  readonly at: number
  /** Attributes without a prefix, by name. Docdata's own are all unqualified; others and declarations are left out. */
  attributes(): ReadonlyMap<string, string>
  /** The whole text of the element that ends, if it has no child elements: white space included, references decoded. */
  text(): string
}

export interface XmlHandler {
  /** `name` is without prefix; `namespace` is empty if there is none. */
  start(name: string, namespace: string, source: XmlSource): void
  end(source: XmlSource): void
}
