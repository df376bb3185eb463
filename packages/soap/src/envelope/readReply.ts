/**
 * Reads the reply to any operation: bytes, XML, envelope, verdict, and the operation's own answer.
 */
import * as Result from "effect/Result"
import { makeRefused, type ReplyFailure } from "../ReplyFailure.ts"
import { positionOf } from "../xml/positions.ts"
import { readDocument, type XmlDocument } from "../xml/readDocument.ts"
import { replay } from "../xml/replay.ts"
import type { XmlLimits } from "../XmlLimits.ts"
import type { Reply } from "./Reply.ts"
import type { ReplyFormat } from "./ReplyFormat.ts"
import { ReplyHandler, type Unanswered } from "./ReplyHandler.ts"

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
  formatOf: (root: string) => ReplyFormat<A> | undefined,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<A>, ReplyFailure> => {
  const strict = new ReplyHandler(formatOf, false)
  const document = readDocument(bytes, strict, limits)
  if (Result.isFailure(document)) return Result.fail(document.failure)
  const answer = strict.answer()
  if (!("_tag" in answer) || answer._tag !== "Later") return concluded(document.success, strict)
  const replayed = new ReplyHandler(formatOf, true)
  return replay(document.success.text, strict.outline, replayed)
    ? concluded(document.success, replayed)
    : refuse(document.success, { reason: "parser-disagrees", at: 0 })
}

const refuse = (
  document: XmlDocument,
  { reason, at, path }: Omit<Unanswered, "reason"> & { readonly reason: ReplyFailure["reason"] }
): Result.Result<never, ReplyFailure> => {
  const position = positionOf(document, at)
  return Result.fail(makeRefused(path === undefined ? { reason, position } : { reason, position, path }))
}

const concluded = <A>(
  document: XmlDocument,
  handler: ReplyHandler<A>
): Result.Result<Reply<A>, ReplyFailure> => {
  const answer = handler.answer()
  if (!("_tag" in answer)) return refuse(document, answer)
  switch (answer._tag) {
    case "Fault":
      return Result.succeed(answer)
    case "Later":
      return refuse(document, { reason: "parser-disagrees", at: 0 })
    case "Response": {
      const { apiVersion, verdict: { errors, success, version } } = answer
      const about = version === undefined ? { apiVersion } : { apiVersion, ddpXsdVersion: version }
      return Result.succeed(
        success === undefined
          ? { _tag: "Errors", errors, ...about }
          : { _tag: "Success", value: success.value, ...about }
      )
    }
  }
}
