/**
 * Namespaces in XML 1.0: which prefix means what, where.
 */

/** The declarations in force at an element: the innermost one, and what was in force outside it. */
export interface Scope {
  readonly prefix: string
  readonly namespace: string
  readonly outer: Scope | undefined
  /** The namespace of names without a prefix, at hand because almost all names of a reply have none. */
  readonly unprefixed: string
}

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"
const xmlnsNamespace = "http://www.w3.org/2000/xmlns/"

/** What holds outside the root: `xml` is bound, nothing else. */
export const outermostScope: Scope = { prefix: "xml", namespace: xmlNamespace, outer: undefined, unprefixed: "" }

export const declaresNamespace = (attributeName: string): boolean =>
  attributeName === "xmlns" || attributeName.startsWith("xmlns:")

/** The scope inside an element with this declaration, or `undefined` for one that the specification forbids. */
export const scopeOf = (outer: Scope, attributeName: string, namespace: string): Scope | undefined => {
  const prefix = attributeName.slice("xmlns:".length)
  if (namespace === xmlnsNamespace || (namespace === xmlNamespace) !== (prefix === "xml")) return undefined
  if (prefix === "") return { prefix, namespace, outer, unprefixed: namespace }
  // Version 1.0 cannot take a prefix back, and `xmlns` itself is not to be declared.
  return prefix === "xmlns" || namespace === ""
    ? undefined
    : { prefix, namespace, outer, unprefixed: outer.unprefixed }
}

/** The namespace a prefix is bound to, or `undefined` if nothing binds it. */
export const namespaceOf = (scope: Scope, prefix: string): string | undefined => {
  for (let inner: Scope | undefined = scope; inner !== undefined; inner = inner.outer) {
    if (inner.prefix === prefix) return inner.namespace
  }
  return undefined
}
