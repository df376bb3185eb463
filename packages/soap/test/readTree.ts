/**
 * A document as a tree, for tests that compare what readers see.
 */
import * as Result from "effect/Result"
import type { ReplyFailure, XmlLimits } from "../src/index.ts"
import { readDocument } from "../src/xml/readDocument.ts"
import { replay } from "../src/xml/replay.ts"
import type { XmlHandler, XmlSource } from "../src/xml/XmlHandler.ts"

export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Array<XmlElement>
  text: string
}

/** Builds the tree of what it hears. */
class TreeHandler implements XmlHandler {
  root: XmlElement | undefined
  readonly starts: Array<number> = []
  readonly namespaces: Array<string> = []
  readonly #open: Array<XmlElement> = []

  start(name: string, namespace: string, source: XmlSource): void {
    const element = { name, namespace, attributes: source.attributes(), children: [], text: "" }
    this.starts.push(source.at)
    this.namespaces.push(namespace)
    this.#open.at(-1)?.children.push(element)
    this.root ??= element
    this.#open.push(element)
  }

  end(source: XmlSource): void {
    const element = this.#open.pop()!
    if (element.children.length === 0) element.text = source.text()
  }
}

interface XmlTree {
  readonly root: XmlElement
  readonly text: string
  /** The root as fast-xml-parser has it, or `undefined` if it does not see the same elements. */
  readonly replayed: () => XmlElement | undefined
}

/** Reads a whole document with the strict reader. */
export const readXml = (bytes: Uint8Array, limits?: Partial<XmlLimits>): Result.Result<XmlTree, ReplyFailure> => {
  const tree = new TreeHandler()
  return Result.map(readDocument(bytes, tree, limits), ({ text }) => ({
    root: tree.root!,
    text,
    replayed: () => {
      const other = new TreeHandler()
      return replay(text, tree, other) ? other.root : undefined
    }
  }))
}
