/** Checks a request text against the contract without a server: for tests and tools. */
import { isRefused, readXml } from "../xml/readXml.ts"
import { childOf } from "../xml/XmlElement.ts"
import { messageNamespace, operationByRequest, soapNamespace, typeOfRequest } from "./Contract.ts"
import type { Violation } from "./validate.ts"
import { validate } from "./validate.ts"

/** The first rule that an envelope, or a bare request element, breaks; `undefined` if the service would take it. */
export const checkRequest = (xml: string): Violation | undefined => {
  const document = readXml(xml)
  if (isRefused(document)) return { path: "", message: document.reason }
  const isEnvelope = document.name === "Envelope" && document.namespace === soapNamespace
  const root = isEnvelope ? childOf(document, "Body")?.children[0] : document
  const operation = root?.namespace === messageNamespace ? operationByRequest(root.name) : undefined
  if (root === undefined || operation === undefined) {
    return { path: root?.name ?? "", message: "this is no request of the Order API 1.3" }
  }
  return validate(root, typeOfRequest(operation))
}
