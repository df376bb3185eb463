/**
 * From bytes to a handler: size, encoding, and the strict reader, in this order, each before the next costs anything.
 */
import * as Result from "effect/Result"
import { makeRefused, type ReplyFailure } from "../ReplyFailure.ts"
import { firstInvalidByte, positionOf, positionOfByte } from "./positions.ts"
import { StrictReader } from "./StrictReader.ts"
import type { XmlHandler } from "./XmlHandler.ts"
import { withDefaults, type XmlLimits } from "../XmlLimits.ts"

/** A document that was read, with what is needed to say where in it something stands. */
export interface XmlDocument {
  readonly bytes: Uint8Array
  readonly text: string
}

// One leading byte order mark is dropped by the decoder: legal, and some proxies add it. A second one is text.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false })

/** Reads a whole document. Refuses whatever is not exactly what the reader describes; never throws. */
export const readDocument = (
  bytes: Uint8Array,
  handler: XmlHandler,
  given?: Partial<XmlLimits>
): Result.Result<XmlDocument, ReplyFailure> => {
  const limits = withDefaults(given)
  if (bytes.length > limits.bytesMax) {
    const limit = { name: "bytesMax", max: limits.bytesMax } as const
    return refuse({ reason: "too-many-bytes", position: positionOfByte(bytes, limits.bytesMax), limit })
  }
  const text = decode(bytes)
  if (text === undefined) {
    return refuse({ reason: "not-utf-8", position: positionOfByte(bytes, firstInvalidByte(bytes)) })
  }
  const violation = new StrictReader(text, limits, handler).read()
  if (violation === undefined) return Result.succeed({ bytes, text })
  const { reason, at, limit } = violation
  const position = positionOf({ bytes, text }, at)
  return refuse(
    limit === undefined ? { reason, position } : { reason, position, limit: { name: limit, max: limits[limit] } }
  )
}

const refuse = (refused: Parameters<typeof makeRefused>[0]): Result.Result<never, ReplyFailure> =>
  Result.fail(makeRefused(refused))

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
