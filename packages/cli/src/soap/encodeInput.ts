/**
 * The input of `docdata soap encode`: in whose name, and what, as JSON.
 */
import type { InputOf, Merchant, Operation } from "@docdata/application"
import { inputByOperation, Merchant as MerchantSchema } from "@docdata/application/schema"
import type * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { decodeBytes } from "../input/decodeBytes.ts"
import { makeJsonDecoder } from "../input/decodeJson.ts"
import type { InputViolation } from "../input/InputViolation.ts"

/** A bill of a thousand lines with long texts; the same as the largest request. */
export const encodeInputBytesMax = 4 * 1024 * 1024

export interface EncodeInput<O extends Operation> {
  readonly merchant: Merchant
  readonly input: InputOf<O>
}

const schemaOf = <O extends Operation>(operation: O) => {
  // The schema of each operation has exactly the type of its input, which a test of its package proves.
  const input = inputByOperation[operation] as unknown as Schema.Codec<InputOf<O>, unknown>
  return Schema.Struct({ merchant: MerchantSchema, input })
}

/** Reads the bytes of an input; the problem names the field, never the value. */
export const readEncodeInput = <O extends Operation>(
  operation: O,
  bytes: Uint8Array,
  source: string
): Result.Result<EncodeInput<O>, InputViolation> => decodeBytes(makeJsonDecoder(schemaOf(operation)), bytes, source)
