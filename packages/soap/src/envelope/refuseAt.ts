/**
 * A refusal that points at an element of a document that was read.
 */
import { makeRefused, type ReplyFailure, type ReplyFailureReason } from "../ReplyFailure.ts"
import { positionOf } from "../xml/positions.ts"
import type { XmlDocument } from "../xml/readXml.ts"
import type { XmlElement } from "../xml/XmlElement.ts"

export interface Problem {
  readonly reason: ReplyFailureReason
  readonly element: XmlElement
  /** Where in the reply, in words of the schema; see {@link pathOf}. */
  readonly path?: string
}

export const refuseAt = (document: XmlDocument, { reason, element, path }: Problem): ReplyFailure => {
  const position = positionOf(document, document.elementStarts[element.ordinal] ?? 0)
  return makeRefused(path === undefined ? { reason, position } : { reason, position, path })
}

/**
 * The path from the response element down, with a number where several elements share a name:
 * `statusResponse/statusSuccess/report/payment[2]/authorization`.
 *
 * Only for elements that a decoder asked for by name: then every step is a word of the schema, not of the reply.
 */
export const pathOf = (element: XmlElement): string => {
  const { parent } = element
  if (parent === undefined || parent.namespace !== element.namespace) return element.name
  const twins = parent.children.filter(({ name, namespace }) =>
    name === element.name && namespace === element.namespace
  )
  const number = twins.length > 1 ? `[${twins.indexOf(element) + 1}]` : ""
  return `${pathOf(parent)}/${element.name}${number}`
}
