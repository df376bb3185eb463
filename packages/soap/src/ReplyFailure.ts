/**
 * Why a reply was not read, where, and by which limit.
 *
 * The only failure of everything in this package that reads. It is a value; nothing here throws.
 */
import { messageOf } from "./failureMessages.ts"
import type { Refused } from "./Refused.ts"

export type { EnvelopeReason, FieldReason, Position, ReplyFailureReason, XmlReason } from "./Refused.ts"

/**
 * A reply that was refused.
 *
 * `message` is one line made of our own words, names of the schema and numbers; it never contains text of the
 * reply, so it may be logged and shown. Reading the same bytes again gives the same refusal.
 */
export interface ReplyFailure extends Refused {
  readonly _tag: "ReplyFailure"
  readonly message: string
}

/** Builds the refusal together with its message. */
export const makeRefused = (
  refused: Refused
): ReplyFailure => ({ _tag: "ReplyFailure", ...refused, message: messageOf(refused) })
