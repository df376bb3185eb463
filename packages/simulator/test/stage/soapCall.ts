/** Sends bodies as a client would, and reads replies with nothing of the simulator but its XML reader. */
import { isRefused, readXml } from "../../src/xml/readXml.ts"
import type { XmlElement } from "../../src/xml/XmlElement.ts"
import { childOf, childrenOf } from "../../src/xml/XmlElement.ts"
import { envelope } from "./requestBodies.ts"

export interface Reply {
  readonly status: number
  readonly text: string
  /** The child of the SOAP body: a response or a fault. */
  readonly root: XmlElement
  /** The one child of a response: success or errors. */
  readonly inner: XmlElement | undefined
  readonly errors: ReadonlyArray<string>
}

export const send = async (
  url: string,
  text: string,
  headers: Readonly<Record<string, string>> = {}
): Promise<Reply> => {
  const answer = await fetch(url, {
    method: "POST",
    body: text,
    headers: { "content-type": "text/xml; charset=utf-8", ...headers }
  })
  const body = await answer.text()
  const document = readXml(body)
  if (isRefused(document)) throw new Error(`unreadable reply: ${document.reason}`)
  const root = childOf(document, "Body")?.children[0]
  if (root === undefined) throw new Error("empty body")
  const inner = root.children[0]
  return {
    status: answer.status,
    text: body,
    root,
    inner,
    errors: childrenOf(inner, "error").map((error) => `${error.attributes.get("code")}: ${error.text}`)
  }
}

/** Sends a request body in an envelope. */
export const call = (url: string, body: string): Promise<Reply> => send(url, envelope(body))

/** The text of the first element of that name, anywhere. */
export const find = (element: XmlElement | undefined, name: string): string | undefined => findAll(element, name)[0]

export const findAll = (element: XmlElement | undefined, name: string): ReadonlyArray<string> =>
  element === undefined
    ? []
    : element.children.flatMap((child) => [...(child.name === name ? [child.text] : []), ...findAll(child, name)])
