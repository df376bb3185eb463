/**
 * Bytes to elements: size, encoding, guard, parser, namespaces, in this order, each before the next costs anything.
 */
import * as Result from "effect/Result"
import { makeRefused, type ReplyFailure } from "../ReplyFailure.ts"
import { guard } from "./guard.ts"
import { outermostScope } from "./namespaces.ts"
import { parseNodes } from "./parseNodes.ts"
import { firstInvalidByte, positionOf, positionOfByte } from "./positions.ts"
import { readTree } from "./readTree.ts"
import type { XmlFailure } from "./Scan.ts"
import type { XmlElement } from "./XmlElement.ts"
import { withDefaults, type XmlLimits } from "./XmlLimits.ts"

/** A document that was read, with what is needed to say where in it an element stands. */
export interface XmlDocument {
  readonly root: XmlElement
  readonly bytes: Uint8Array
  readonly text: string
  readonly elementStarts: ReadonlyArray<number>
}

// One leading byte order mark is dropped by the decoder: legal, and some proxies add it. A second one is text.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false })

/** Reads a whole document. Refuses whatever is not exactly what the guard describes; never throws. */
export const readXml = (
  bytes: Uint8Array,
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
  const guarded = guard(text, limits)
  if (guarded._tag === "Stopped") return refuse(located({ bytes, text, limits }, guarded.failure))
  const { elementStarts } = guarded
  const nodes = parseNodes(text)
  const root: XmlElement | XmlFailure = nodes === undefined
    ? { reason: "parser-disagrees", at: 0 }
    : readTree(nodes, elementStarts, outermostScope)
  return "reason" in root
    ? refuse(located({ bytes, text, limits }, root))
    : Result.succeed({ root, bytes, text, elementStarts })
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

interface Scanned {
  readonly bytes: Uint8Array
  readonly text: string
  readonly limits: XmlLimits
}

const located = (
  { bytes, text, limits }: Scanned,
  { reason, at, limit }: XmlFailure
): Parameters<typeof makeRefused>[0] => {
  const position = positionOf({ bytes, text }, at)
  return limit === undefined ? { reason, position } : { reason, position, limit: { name: limit, max: limits[limit] } }
}
