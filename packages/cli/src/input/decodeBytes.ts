/**
 * From the bytes of an input to a typed value.
 */
import * as Result from "effect/Result"
import type { JsonViolation } from "./decodeJson.ts"
import type { InputViolation } from "./InputViolation.ts"

/** Decodes UTF-8 text; the problem names the place, never the value. */
export const decodeBytes = <A>(
  decode: (text: string) => Result.Result<A, JsonViolation>,
  bytes: Uint8Array,
  source: string
): Result.Result<A, InputViolation> => {
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return Result.fail({ source, line: 1, column: 1, sentence: "it is not UTF-8 text" })
  }
  return Result.mapError(decode(text), (problem) => ({ source, ...problem }))
}
