/**
 * The reply to any operation.
 */
import type { Operation, OutputOf } from "@docdata/application"
import type { ExtendedStatus, StatusReport } from "@docdata/domain"
import * as Result from "effect/Result"
import { readReply } from "./envelope/readReply.ts"
import type { Reply } from "./envelope/Reply.ts"
import type { ReplyFormat } from "./envelope/ReplyFormat.ts"
import { cancelReply } from "./operations/cancel.ts"
import { captureReply } from "./operations/capture.ts"
import { createReply } from "./operations/create.ts"
import { extendedStatusReply } from "./operations/extendedStatus.ts"
import { listPaymentMethodsReply } from "./operations/listPaymentMethods.ts"
import { proceedReply } from "./operations/proceed.ts"
import { refundReply } from "./operations/refund.ts"
import { startReply } from "./operations/start.ts"
import { statusReply } from "./operations/status.ts"
import type { ReplyFailure } from "./ReplyFailure.ts"
import type { XmlLimits } from "./XmlLimits.ts"

const formats: { readonly [O in Operation]: ReplyFormat<OutputOf<O>> } = {
  create: createReply,
  start: startReply,
  proceed: proceedReply,
  cancel: cancelReply,
  capture: captureReply,
  refund: refundReply,
  status: statusReply,
  statusExtended: extendedStatusReply,
  listPaymentMethods: listPaymentMethodsReply
}

/** Reads the reply to `operation`. Another operation's reply is refused. Pure; never throws. */
export const decodeReply = <O extends Operation>(
  operation: O,
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<OutputOf<O>>, ReplyFailure> => {
  const format: ReplyFormat<OutputOf<O>> = formats[operation]
  return readReply(bytes, (root) => format.roots.includes(root) ? format : undefined, limits)
}

/**
 * Reads the reply to `status`, or the report in a reply to `statusExtended`.
 *
 * Amounts are minor units within 32 bits. Words (status, confidence, method, reasons) are text as sent, white space
 * included; they may hold characters that steer a terminal, so clean them before showing them. Totals that the
 * server left out are absent.
 *
 * Source: Docdata XSD 1.3, `statusResponse`.
 */
export const readStatusReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<StatusReport>, ReplyFailure> => decodeReply("status", bytes, limits)

/**
 * Reads the reply to `statusExtended`.
 *
 * The report is the same as {@link readStatusReply} reads. Names, accounts, card and mandate numbers and receipts
 * are redacted. Details of a kind that is new to us, and those that only API 1.2 had, are left out.
 *
 * Source: Docdata XSD 1.3, `extendedStatusResponse`.
 */
export const readExtendedStatusReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<Reply<ExtendedStatus>, ReplyFailure> => decodeReply("statusExtended", bytes, limits)

/** A reply and the operation it answers; for a SOAP fault, which names none, `statusExtended`. */
export type AnyReply = { [O in Operation]: { readonly operation: O; readonly reply: Reply<OutputOf<O>> } }[Operation]

// The extended reply comes before the plain one, because it can also be read as that.
const operations: ReadonlyArray<Operation> = ["statusExtended", ...Object.keys(formats) as ReadonlyArray<Operation>]

/** Reads a reply to whatever it answers. For tools; a gateway knows what it asked. */
export const decodeAnyReply = (
  bytes: Uint8Array,
  limits?: Partial<XmlLimits>
): Result.Result<AnyReply, ReplyFailure> => {
  let operation: Operation = "statusExtended"
  const formatOf = (root: string): ReplyFormat<unknown> | undefined => {
    const found = operations.find((name) => formats[name].roots.includes(root))
    if (found === undefined) return undefined
    operation = found
    return formats[found]
  }
  return Result.map(readReply(bytes, formatOf, limits), (reply) => ({ operation, reply }) as AnyReply)
}
