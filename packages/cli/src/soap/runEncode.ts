/**
 * The work of `docdata soap encode`.
 */
import type { Operation, Problem } from "@docdata/application"
import { encodeRequest, isRefusedBeforeSending } from "@docdata/soap"
import * as Result from "effect/Result"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { type InputViolation, problemLine } from "../input/InputViolation.ts"
import { readInput, sourceName, stdinOperand } from "../input/readInput.ts"
import type { Shell } from "../Shell.ts"
import { encodeInputBytesMax, readEncodeInput } from "./encodeInput.ts"
import { maskSecrets } from "./maskSecrets.ts"

const source = sourceName(stdinOperand)

const refuse = (shell: Shell, problems: ReadonlyArray<InputViolation>): ExitCode => {
  for (const problem of problems) shell.complain(`docdata: ${problemLine(problem)}`)
  return exitCodes.badInput
}

// The encoder's paths begin inside the input, but for those of the credentials.
const pathOf = (path: string): string => /^merchant\b/.test(path) ? path : `input.${path}`

const lineOf = ({ message, path, valueKind }: Problem): InputViolation => ({
  source,
  sentence: `${pathOf(path)}: ${message} (found ${valueKind})`
})

/** Prints the envelope, or a line for everything that is wrong with it. */
export const runEncode = async (operation: Operation, shell: Shell, showSecrets: boolean): Promise<ExitCode> => {
  const bytes = await readInput({ operand: stdinOperand, bytesMax: encodeInputBytesMax }, shell.stdin)
  if (Result.isFailure(bytes)) return refuse(shell, [bytes.failure])
  const read = readEncodeInput(operation, bytes.success, source)
  if (Result.isFailure(read)) return refuse(shell, [read.failure])
  const encoded = encodeRequest(operation, read.success)
  if (isRefusedBeforeSending(encoded)) return refuse(shell, encoded.problems.map(lineOf))
  await shell.write(showSecrets ? encoded.xml : maskSecrets(encoded.xml, read.success))
  await shell.write("\n")
  return exitCodes.done
}
