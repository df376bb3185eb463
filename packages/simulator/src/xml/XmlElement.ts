/**
 * An XML element with its namespace resolved: what the validator, the operations and the printer share.
 */

/** Text and children are never mixed in this protocol; `text` of an element with children is its white space. */
export interface XmlElement {
  readonly namespace: string
  readonly name: string
  /** By local name; attributes of another namespace are keyed `{namespace}name`. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: ReadonlyArray<XmlElement>
  readonly text: string
}

/** What an element is made of when we write one: text, or children in order; absent children are left out. */
export type XmlContent = string | number | boolean | ReadonlyArray<XmlElement | undefined>

/** Makes an element writer for one namespace. */
export const elementsOf = (namespace: string) =>
(
  name: string,
  content: XmlContent = "",
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {}
): XmlElement => ({
  namespace,
  name,
  attributes: new Map(
    Object.entries(attributes).flatMap(([key, value]) => value === undefined ? [] : [[key, String(value)] as const])
  ),
  children: typeof content === "object" ? content.filter((child) => child !== undefined) : [],
  text: typeof content === "object" ? "" : String(content)
})

/** The first child of that name, in any namespace. */
export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name)

/** All children of that name. */
export const childrenOf = (element: XmlElement | undefined, name: string): ReadonlyArray<XmlElement> =>
  element?.children.filter((child) => child.name === name) ?? []

/** The text at the end of a path of child names, or `undefined` if a step is missing. */
export const textAt = (element: XmlElement | undefined, ...path: ReadonlyArray<string>): string | undefined =>
  path.reduce<XmlElement | undefined>((at, name) => childOf(at, name), element)?.text

const textEscapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\"": "&quot;",
  "\r": "&#13;"
}

/** Escapes text for element content and for attributes in double quotes, in XML and in HTML. */
export const escapeXml = (text: string): string => text.replaceAll(/[&<>"\r]/g, (sign) => textEscapes[sign] ?? sign)

const openTag = (element: XmlElement, inherited: string): string => {
  const declared = element.namespace === inherited ? "" : ` xmlns="${escapeXml(element.namespace)}"`
  const attributes = [...element.attributes].map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  return `<${element.name}${declared}${attributes.join("")}`
}

/** Prints an element on one line, as the real service does. */
export const printXml = (element: XmlElement, inherited = ""): string => {
  const inner = element.children.length > 0
    ? element.children.map((child) => printXml(child, element.namespace)).join("")
    : escapeXml(element.text)
  const open = openTag(element, inherited)
  return inner === "" ? `${open}/>` : `${open}>${inner}</${element.name}>`
}
