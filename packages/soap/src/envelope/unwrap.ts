/**
 * From a document to the element that answers: out of a SOAP 1.1 envelope, or as it is.
 */
import * as Result from "effect/Result"
import { displayText } from "../displayText.ts"
import type { EnvelopeReason, ReplyFailure } from "../ReplyFailure.ts"
import type { XmlDocument } from "../xml/readXml.ts"
import { childrenNamed, type XmlElement } from "../xml/XmlElement.ts"
import { refuseAt } from "./refuseAt.ts"
import { errorTextLengthMax, type SoapFault, statusLengthMax } from "./Reply.ts"

const envelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/"

/** The answering element: the root of a bare body, or the only element of the envelope's body; or the fault. */
export type Unwrapped = { readonly _tag: "Body"; readonly element: XmlElement } | SoapFault

/**
 * Takes the envelope off. Headers are ignored: Docdata's service declares none. Refuses an envelope that does not
 * have exactly one body with exactly one element; SOAP 1.2 is not SOAP 1.1 and is refused as no reply.
 */
export const unwrap = (document: XmlDocument): Result.Result<Unwrapped, ReplyFailure> => {
  const { root } = document
  if (!isSoap(root, "Envelope")) return Result.succeed(faultOrBody(root))
  const bodies = childrenNamed(root, envelopeNamespace, "Body")
  const elements = bodies.flatMap((body) => body.children)
  const element = elements[0]
  if (bodies.length !== 1 || elements.length !== 1 || element === undefined) {
    return refuse(document, "malformed-envelope", bodies[1] ?? elements[1] ?? bodies[0] ?? root)
  }
  return Result.succeed(faultOrBody(element))
}

const refuse = (document: XmlDocument, reason: EnvelopeReason, element: XmlElement) =>
  Result.fail(refuseAt(document, { reason, element }))

const isSoap = (element: XmlElement, name: string): boolean =>
  element.name === name && element.namespace === envelopeNamespace

const faultOrBody = (element: XmlElement): Unwrapped =>
  isSoap(element, "Fault")
    ? {
      _tag: "Fault",
      faultcode: displayText(faultText(element, "faultcode"), statusLengthMax),
      faultstring: displayText(faultText(element, "faultstring"), errorTextLengthMax)
    }
    : { _tag: "Body", element }

// SOAP 1.1 puts both in no namespace; some servers put them in its own. A fault is a fault without them, too.
const faultText = (fault: XmlElement, name: string): string =>
  (childrenNamed(fault, "", name)[0] ?? childrenNamed(fault, envelopeNamespace, name)[0])?.text ?? ""
