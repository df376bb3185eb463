/**
 * A document that the strict reader has passed, said once more to a handler by fast-xml-parser.
 *
 * The parser cuts text into a tree, and changes nothing in it: its defaults turn `0012` into 12, drop white space and
 * decode some references and not others. Namespaces are those the strict reader found, element by element, which also
 * proves that both saw the same document.
 */
import { XMLParser } from "fast-xml-parser"
import { decodeAttribute, decodeText, normalizeLineEnds } from "./references.ts"
import type { XmlHandler, XmlSource } from "./XmlHandler.ts"

/** Of every element in document order: the offset of its `<`, and its namespace. */
export interface Outline {
  readonly starts: ReadonlyArray<number>
  readonly namespaces: ReadonlyArray<string>
}

type Node = Readonly<Record<string, unknown>>
type Texts = Readonly<Record<string, string>>

const textKey = "#text"
/** CDATA sections, which have no references in them. */
const sectionKey = "#section"
const attributesKey = ":@"
// No element and no attribute then has a name that an object has anyway.
const namePrefix = "@"

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: namePrefix,
  // Called twice for an empty-element tag with attributes.
  transformTagName: (name) => name.startsWith(namePrefix) ? name : namePrefix + name,
  cdataPropName: sectionKey,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false
})

/** False if the parser refuses the document or sees other elements in it. */
export const replay = (text: string, outline: Outline, handler: XmlHandler): boolean => {
  try {
    const replaying = new Replay(outline, handler)
    replaying.say(parser.parse(text) as ReadonlyArray<Node>)
    return replaying.count === outline.starts.length
  } catch {
    return false
  }
}

class Replay implements XmlSource {
  at = 0
  count = 0
  #attributes: Node = {}
  #content: ReadonlyArray<Node> = []
  readonly #outline: Outline
  readonly #handler: XmlHandler

  constructor(outline: Outline, handler: XmlHandler) {
    this.#outline = outline
    this.#handler = handler
  }

  say(nodes: ReadonlyArray<Node>): void {
    for (const node of nodes) {
      const key = Object.keys(node)[0] ?? ""
      if (key.startsWith(namePrefix)) this.#sayElement(key.slice(namePrefix.length), node)
    }
  }

  #sayElement(qualified: string, node: Node): void {
    const content = node[namePrefix + qualified] as ReadonlyArray<Node>
    this.#attributes = (node[attributesKey] ?? {}) as Node
    this.at = this.#outline.starts[this.count] ?? 0
    const namespace = this.#outline.namespaces[this.count++] ?? ""
    this.#handler.start(qualified.slice(qualified.indexOf(":") + 1), namespace, this)
    this.say(content)
    this.#content = content
    this.#handler.end(this)
  }

  attributes(): ReadonlyMap<string, string> {
    const raw = Object.entries(this.#attributes).map(([key, value]) => [key.slice(namePrefix.length), value] as const)
    return new Map(
      raw.filter(([name]) => name !== "xmlns" && !name.includes(":"))
        .map(([name, value]) => [name, decodeAttribute(String(value))])
    )
  }

  text(): string {
    return this.#content.map((node) => {
      if (textKey in node) return decodeText(String(node[textKey]))
      const [section] = (node[sectionKey] ?? []) as ReadonlyArray<Texts>
      return normalizeLineEnds(section?.[textKey] ?? "")
    }).join("")
  }
}
