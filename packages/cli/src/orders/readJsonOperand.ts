/**
 * What a command is told as JSON, in a file or on standard input: amounts in minor units, secrets as plain text. Never on
 * the command line, which others on the machine can see.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import { exitCodes } from "../ExitCode.ts"
import { decodeBytes } from "../input/decodeBytes.ts"
import { makeJsonDecoder } from "../input/decodeJson.ts"
import { type InputViolation, problemLine } from "../input/InputViolation.ts"
import { readInput, sourceName } from "../input/readInput.ts"
import type { Shell } from "../Shell.ts"
import { CommandFailure } from "./CommandFailure.ts"

/** A bill of a thousand lines with long texts. */
const bytesMax = 4 * 1024 * 1024

const refuse = (problem: InputViolation): CommandFailure =>
  new CommandFailure({ exit: exitCodes.badInput, message: problemLine(problem) })

/** Reads and decodes; fields that the schema does not name are refused. */
export const readJsonOperand = Effect.fnUntraced(function*<A>(
  operand: string,
  schema: Schema.ConstraintDecoder<A>,
  shell: Shell
) {
  const bytes = yield* Effect.promise(() => readInput({ operand, bytesMax }, shell.stdin))
  if (Result.isFailure(bytes)) return yield* refuse(bytes.failure)
  const value = decodeBytes(makeJsonDecoder(schema), bytes.success, sourceName(operand))
  return Result.isFailure(value) ? yield* refuse(value.failure) : value.success
})
