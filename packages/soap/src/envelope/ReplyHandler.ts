/**
 * Takes a SOAP 1.1 envelope off while it is read, or does without one, and decodes what answers.
 *
 * Headers are ignored: Docdata's service declares none. An envelope has exactly one body with exactly one element;
 * SOAP 1.2 is not SOAP 1.1 and is no reply.
 */
import { displayText } from "../displayText.ts"
import type { EnvelopeReason, FieldReason } from "../ReplyFailure.ts"
import { Decoding } from "../shape/Decoding.ts"
import { leaf, many, parent } from "../shape/Shape.ts"
import type { Outline } from "../xml/replay.ts"
import type { XmlHandler, XmlSource } from "../xml/XmlHandler.ts"
import { type ApiVersion, errorTextLengthMax, type SoapFault, statusLengthMax } from "./Reply.ts"
import type { ReplyFormat, Verdict } from "./ReplyFormat.ts"

/** Why the document is no reply that was asked for, and at which offset of its text. */
export interface Unanswered {
  readonly reason: EnvelopeReason | FieldReason
  readonly at: number
  readonly path?: string
}

export type Answer<A> =
  | SoapFault
  | { readonly _tag: "Response"; readonly apiVersion: ApiVersion; readonly verdict: Verdict<A> }
  /** The right response, but its format is not one of those that are decoded now. */
  | { readonly _tag: "Later" }

const envelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/"

const versionByNamespace: ReadonlyMap<string, ApiVersion> = new Map(
  (["1.0", "1.1", "1.2", "1.3"] as const).map((version) => [
    `http://www.docdatapayments.com/services/paymentservice/${version.replace(".", "_")}/`,
    version
  ])
)

const faultText = many(leaf((text) => text))

// A fault is a fault without its parts, too.
const fault = parent({ faultcode: faultText, faultstring: faultText }, ({ faultcode, faultstring }): SoapFault => ({
  _tag: "Fault",
  faultcode: displayText(faultcode[0] ?? "", statusLengthMax),
  faultstring: displayText(faultstring[0] ?? "", errorTextLengthMax)
}))

// SOAP 1.1 puts both parts in no namespace; some servers put them in its own.
const isOfFault = (namespace: string): boolean => namespace === "" || namespace === envelopeNamespace

export class ReplyHandler<A> implements XmlHandler {
  readonly #formatOf: (root: string) => ReplyFormat<A> | undefined
  readonly #decodesAll: boolean
  readonly #starts: Array<number> = []
  readonly #namespaces: Array<string> = []
  #depth = 0
  #enveloped = false
  #inBody = false
  /** Of the bodies and of the elements in them: their offsets, as far as they matter. */
  readonly #bodies: Array<number> = []
  readonly #answers: Array<number> = []
  #apiVersion: ApiVersion | undefined
  #decoding: Decoding | undefined
  #isOpen = false
  #refused: EnvelopeReason | undefined

  /** Without `decodesAll`, only formats of one pass are decoded. */
  constructor(formatOf: (root: string) => ReplyFormat<A> | undefined, decodesAll: boolean) {
    this.#formatOf = formatOf
    this.#decodesAll = decodesAll
  }

  /** Every element that began. */
  get outline(): Outline {
    return { starts: this.#starts, namespaces: this.#namespaces }
  }

  start(name: string, namespace: string, source: XmlSource): void {
    this.#starts.push(source.at)
    this.#namespaces.push(namespace)
    const depth = ++this.#depth
    if (this.#isOpen) this.#decoding?.start(name, namespace, source)
    else if (depth === 1) {
      this.#enveloped = name === "Envelope" && namespace === envelopeNamespace
      if (!this.#enveloped) this.#begin(name, namespace, source)
    } else if (depth === 2 && this.#enveloped) {
      this.#inBody = name === "Body" && namespace === envelopeNamespace
      if (this.#inBody) this.#bodies.push(source.at)
    } else if (depth === 3 && this.#inBody) {
      if (this.#answers.length === 0) this.#begin(name, namespace, source)
      else this.#answers.push(source.at)
    }
  }

  #begin(name: string, namespace: string, source: XmlSource): void {
    this.#answers.push(source.at)
    this.#isOpen = true
    if (name === "Fault" && namespace === envelopeNamespace) this.#decoding = new Decoding(fault, isOfFault)
    else {
      this.#apiVersion = versionByNamespace.get(namespace)
      const format = this.#formatOf(name)
      if (this.#apiVersion === undefined) this.#refused = "not-a-reply"
      else if (format === undefined) this.#refused = "other-reply"
      else if (this.#decodesAll || format.inOnePass) {
        this.#decoding = new Decoding(format.response, (other) => other === namespace)
      }
    }
    this.#decoding?.start(name, namespace, source)
  }

  end(source: XmlSource): void {
    if (this.#isOpen) {
      this.#decoding?.end(source)
      this.#isOpen = this.#depth > (this.#enveloped ? 3 : 1)
    }
    this.#depth--
  }

  /** What the document answers. To be asked when it has been read to its end. */
  answer(): Answer<A> | Unanswered {
    const [root = 0] = this.#starts
    if (this.#enveloped && (this.#bodies.length !== 1 || this.#answers.length !== 1)) {
      return { reason: "malformed-envelope", at: this.#bodies[1] ?? this.#answers[1] ?? this.#bodies[0] ?? root }
    }
    if (this.#refused !== undefined) return { reason: this.#refused, at: this.#answers[0] ?? root }
    const decoding = this.#decoding
    if (decoding === undefined) return { _tag: "Later" }
    const apiVersion = this.#apiVersion
    if (apiVersion === undefined) return decoding.value as SoapFault | undefined ?? emptyFault
    if (decoding.problem === undefined) {
      return { _tag: "Response", apiVersion, verdict: decoding.value as Verdict<A> }
    }
    const { reason, at, path } = decoding.problem
    return reason === "no-verdict" ? { reason, at } : { reason, at, path: path() }
  }
}

const emptyFault: SoapFault = { _tag: "Fault", faultcode: "", faultstring: "" }
