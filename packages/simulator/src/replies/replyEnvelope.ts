/** Envelopes in the shapes of the real service: replies with 200, faults with 500. */
import type { ComplexType, Particle } from "../contract/ContentModel.ts"
import type { Operation } from "../contract/Contract.ts"
import { messageNamespace, soapNamespace, typeOfReply } from "../contract/Contract.ts"
import type { SimpleType } from "../contract/SimpleType.ts"
import type { Outcome } from "../operations/Outcome.ts"
import { element } from "../operations/Outcome.ts"
import { errorElement } from "../operations/paymentResponse.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import { escapeXml, printXml } from "../xml/XmlElement.ts"
import type { ServerVersion } from "./ServerVersion.ts"

/** What goes back over HTTP. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly outcome: "success" | "errors" | "fault"
  /** What is in the envelope; absent for faults. */
  readonly reply?: XmlElement
  /** Codes and texts of an error reply, for the log. */
  readonly errors?: ReadonlyArray<{ readonly code: string; readonly text: string }>
}

export interface ReplyOptions {
  readonly version: ServerVersion
  /** The request asked for `_any` elements wherever later versions may put new ones. */
  readonly extensible: boolean
}

/** Wraps a reply element into an envelope. */
export const envelopeOf = (content: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="${soapNamespace}"><S:Body>${
    printXml(content)
  }</S:Body></S:Envelope>`

export const replyAnswer = (operation: Operation, outcome: Outcome, options: ReplyOptions): Answer => {
  const inner = outcome.kind === "success"
    ? element(`${operation.stem}Success`, [
      element("success", "Operation successful.", { code: "SUCCESS" }),
      ...outcome.content
    ])
    : element(`${operation.stem}Errors`, outcome.errors.map(errorElement))
  const plain = element(operation.reply, [inner], { ddpXsdVersion: options.version.name })
  const reply = options.extensible ? extended(plain, typeOfReply(operation)) : plain
  const body = envelopeOf(reply)
  return outcome.kind === "success"
    ? { status: 200, body, reply, outcome: "success" }
    : { status: 200, body, reply, outcome: "errors", errors: outcome.errors }
}

/** A SOAP fault. The real service uses these when a request never reaches an operation, and when it breaks down. */
export const faultAnswer = (side: "Client" | "Server", text: string): Answer => ({
  status: 500,
  outcome: "fault",
  body:
    `<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="${soapNamespace}"><S:Body><S:Fault><faultcode>S:${side}</faultcode>`
    + `<faultstring>${escapeXml(text)}</faultstring></S:Fault></S:Body></S:Envelope>`
})

/** Adds `_any` elements and attributes wherever the contract has a place for them. */
const extended = (node: XmlElement, type: ComplexType | SimpleType): XmlElement => {
  if (type.kind === "simple" || type.content === undefined) return node
  const types = childTypes(type.content)
  const children = node.children.map((child) => {
    const childType = types.get(child.name)
    return childType === undefined ? child : extended(child, childType)
  })
  return {
    ...node,
    attributes: type.anyAttribute === true ? new Map([...node.attributes, ["_any", "_any"]]) : node.attributes,
    children: hasAny(type.content) ? [...children, { ...anyElement, namespace: messageNamespace }] : children
  }
}

// The manual's sample puts it into the message namespace; the schema would have it in none. Samples are what was seen.
const anyElement: Omit<XmlElement, "namespace"> = { name: "_any", attributes: new Map(), children: [], text: "_any" }

const hasAny = (particle: Particle): boolean =>
  particle.kind === "any" || (particle.kind !== "element" && particle.items.some(hasAny))

const childTypes = (particle: Particle): ReadonlyMap<string, ComplexType | SimpleType> => {
  switch (particle.kind) {
    case "any":
      return new Map()
    case "element":
      return new Map([[particle.name, particle.type]])
    case "sequence":
    case "choice":
      return new Map(particle.items.flatMap((item) => [...childTypes(item)]))
  }
}
