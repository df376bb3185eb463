/**
 * The reply to any operation.
 */
import type { Operation, OutputOf } from "@docdata/application"
import * as Result from "effect/Result"
import type { Reply } from "./envelope/Reply.ts"
import { readCancelReply } from "./operations/cancel.ts"
import { readCaptureReply } from "./operations/capture.ts"
import { readCreateReply } from "./operations/create.ts"
import { readExtendedStatusReply } from "./operations/extendedStatus.ts"
import { readListPaymentMethodsReply } from "./operations/listPaymentMethods.ts"
import { readProceedReply } from "./operations/proceed.ts"
import { readRefundReply } from "./operations/refund.ts"
import { readStartReply } from "./operations/start.ts"
import { readStatusReply } from "./operations/status.ts"
import type { ReplyFailure } from "./ReplyFailure.ts"
import type { XmlLimits } from "./xml/XmlLimits.ts"

type Read<O extends Operation> = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
) => Result.Result<Reply<OutputOf<O>>, ReplyFailure>

const readers: { readonly [O in Operation]: Read<O> } = {
  create: readCreateReply,
  start: readStartReply,
  proceed: readProceedReply,
  cancel: readCancelReply,
  capture: readCaptureReply,
  refund: readRefundReply,
  status: readStatusReply,
  statusExtended: readExtendedStatusReply,
  listPaymentMethods: readListPaymentMethodsReply
}

/** Reads the reply to `operation`. Another operation's reply is refused. Pure; never throws. */
export const decodeReply = <O extends Operation>(
  operation: O,
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): ReturnType<Read<O>> => readers[operation](bytes, limits)

/** A reply and the operation it answers; for a SOAP fault, which names none, `statusExtended`. */
export type AnyReply = { [O in Operation]: { readonly operation: O; readonly reply: Reply<OutputOf<O>> } }[Operation]

/**
 * Reads a reply to whatever it answers. For tools; a gateway knows what it asked.
 *
 * The extended reply is tried first, because it can also be read as a plain one.
 */
export const decodeAnyReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<AnyReply, ReplyFailure> => {
  let read = decodeReply("statusExtended", bytes, limits) as Result.Result<Reply<unknown>, ReplyFailure>
  let operation: Operation = "statusExtended"
  for (const next of Object.keys(readers) as ReadonlyArray<Operation>) {
    if (Result.isSuccess(read) || read.failure.reason !== "other-reply") break
    operation = next
    read = decodeReply(next, bytes, limits)
  }
  return Result.map(read, (reply) => ({ operation, reply }) as AnyReply)
}
