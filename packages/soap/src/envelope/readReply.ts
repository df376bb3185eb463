/**
 * Reads the reply to any operation: bytes, XML, envelope, verdict, and the operation's own decoder at the end.
 */
import * as Result from "effect/Result"
import { displayText } from "../displayText.ts"
import * as Fields from "../Fields.ts"
import type { ReplyFailure } from "../ReplyFailure.ts"
import { readXml, type XmlDocument } from "../xml/readXml.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import type { XmlLimits } from "../xml/XmlLimits.ts"
import { type Problem, refuseAt } from "./refuseAt.ts"
import { type ApiVersion, errorTextLengthMax, type Reply, type ReplyError, statusLengthMax } from "./Reply.ts"
import { unwrap } from "./unwrap.ts"

/** How to recognise and decode the reply to one operation. */
export interface ReplyFormat<A> {
  /** The response elements that carry this answer, usually one. */
  readonly roots: ReadonlyArray<string>
  /** The child that says it was done, `statusSuccess`. */
  readonly success: string
  /** The children that say it was not: `statusErrors` from 1.3 on, `statusError` before and in the manual. */
  readonly errors: ReadonlyArray<string>
  /** Reads the answer out of the success child. Problems go into `fields`; the result is used only without any. */
  readonly decode: (fields: Fields.Fields, success: XmlElement) => A
}

const versionByNamespace: ReadonlyMap<string, ApiVersion> = new Map(
  (["1.0", "1.1", "1.2", "1.3"] as const).map((version) => [
    `http://www.docdatapayments.com/services/paymentservice/${version.replace(".", "_")}/`,
    version
  ])
)

/**
 * Reads a reply: a SOAP 1.1 envelope, or the response element on its own.
 *
 * Read leniently where Docdata announces change: unknown elements and attributes are ignored, every code and status is
 * open text, error elements may be singular or plural, any schema version is accepted. Elements of another
 * namespace are never taken for ours. Everything else is refused, as a value.
 *
 * Source: manual 1.3, section 3.11 (compatibility).
 */
export const readReply = <A>(
  bytes: Uint8Array,
  format: ReplyFormat<A>,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<A>, ReplyFailure> => {
  const document = readXml(bytes, limits)
  if (Result.isFailure(document)) return Result.fail(document.failure)
  const unwrapped = unwrap(document.success)
  if (Result.isFailure(unwrapped)) return Result.fail(unwrapped.failure)
  return unwrapped.success._tag === "Fault"
    ? Result.succeed(unwrapped.success)
    : readResponse(document.success, unwrapped.success.element, format)
}

const readResponse = <A>(
  document: XmlDocument,
  response: XmlElement,
  format: ReplyFormat<A>
): Result.Result<Reply<A>, ReplyFailure> => {
  const refuse = (problem: Problem) => Result.fail(refuseAt(document, problem))
  const apiVersion = versionByNamespace.get(response.namespace)
  if (apiVersion === undefined) return refuse({ reason: "not-a-reply", element: response })
  if (!format.roots.includes(response.name)) return refuse({ reason: "other-reply", element: response })

  const fields = Fields.makeFields(response.namespace)
  const success = Fields.optional(fields, response, format.success)
  const errors = readErrors(fields, response, format.errors)
  if ((success === undefined) === (errors.length === 0)) return refuse({ reason: "no-verdict", element: response })
  const value = success === undefined ? undefined : format.decode(fields, success)
  if (fields.problem !== undefined) return refuse(fields.problem)

  const version = response.attributes.get("ddpXsdVersion")
  const about = version === undefined
    ? { apiVersion }
    : { apiVersion, ddpXsdVersion: displayText(version, statusLengthMax) }
  return Result.succeed(
    success === undefined ? { _tag: "Errors", errors, ...about } : { _tag: "Success", value: value as A, ...about }
  )
}

const readErrors = (
  fields: Fields.Fields,
  response: XmlElement,
  names: ReadonlyArray<string>
): ReadonlyArray<ReplyError> =>
  names
    .flatMap((name) => Fields.many(fields, response, name))
    .flatMap((list) => Fields.many(fields, list, "error"))
    .map((error) => ({
      code: displayText(error.attributes.get("code") ?? "", statusLengthMax),
      text: displayText(Fields.textOf(fields, error), errorTextLengthMax)
    }))
