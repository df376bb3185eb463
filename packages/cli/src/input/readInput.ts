/**
 * A whole input in memory, never more than is allowed: a file, a pipe or standard input.
 */
import { createReadStream } from "node:fs"
import * as Result from "effect/Result"
import { printable } from "../text/printable.ts"
import type { InputViolation } from "./InputViolation.ts"

/** The operand that stands for standard input. */
export const stdinOperand = "-"

/** How an input is called in messages. */
export const sourceName = (operand: string): string => operand === stdinOperand ? "(stdin)" : printable(operand)

/** Bytes of an input as they come. Opening and reading fail while they are read. */
export const openInput = (operand: string, stdin: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  operand === stdinOperand ? stdin : createReadStream(operand)

const sentences: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a directory, not a file",
  ENOTDIR: "a part of the path is not a directory",
  EACCES: "permission to read it is denied",
  EPERM: "permission to read it is denied",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "too many links lead to it",
  EMFILE: "too many files are open"
}

const systemError = /^E[A-Z0-9]+$/

/** What went wrong while opening or reading, in words. Anything but an error of the system is a defect and thrown on. */
export const readProblem = (source: string, error: unknown): InputViolation => {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (!systemError.test(code)) throw error
  return { source, sentence: sentences[code] ?? `it cannot be read (${code})` }
}

/** What to read: a file name or `-`, and the bytes it may have at most. */
export interface InputRequest {
  readonly operand: string
  readonly bytesMax: number
}

/** Reads everything, or says why not. Stops reading as soon as the input is too large. */
export const readInput = async (
  { bytesMax, operand }: InputRequest,
  stdin: AsyncIterable<Uint8Array>
): Promise<Result.Result<Uint8Array, InputViolation>> => {
  const source = sourceName(operand)
  const chunks: Array<Uint8Array> = []
  let length = 0
  try {
    for await (const chunk of openInput(operand, stdin)) {
      length += chunk.length
      if (length > bytesMax) return Result.fail({ source, sentence: `it is larger than the ${bytesMax} bytes allowed` })
      chunks.push(chunk)
    }
  } catch (error) {
    return Result.fail(readProblem(source, error))
  }
  if (length === 0) return Result.fail({ source, line: 1, column: 1, sentence: "it is empty" })
  return Result.succeed(Buffer.concat(chunks))
}
