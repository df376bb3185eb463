/**
 * The work of `docdata soap decode`.
 */
import { type AnyReply, cleanMessage, decodeAnyReply, defaultXmlLimits, type ReplyFailure } from "@docdata/soap"
import * as Result from "effect/Result"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { type InputViolation, problemLine } from "../input/InputViolation.ts"
import { readInput, sourceName, stdinOperand } from "../input/readInput.ts"
import type { Shell } from "../Shell.ts"
import { jsonText } from "./jsonText.ts"
import { shownValue } from "./shownValue.ts"

const source = sourceName(stdinOperand)

const refuse = (shell: Shell, problem: InputViolation): ExitCode => {
  shell.complain(`docdata: ${problemLine(problem)}`)
  return exitCodes.badInput
}

const problemOf = ({ message, position }: ReplyFailure): InputViolation => {
  const { column, line } = position
  const place = `line ${line}, column ${column}`
  const sentence = message.endsWith(place) ? message.slice(0, -place.length).replace(/[,:] $/, "") : message
  return { source, line, column, sentence }
}

// Docdata's texts repeat what was sent, names and accounts included.
const textOf = (text: string, showSecrets: boolean): string => showSecrets ? text : cleanMessage(text)

/** The reply as plain data. */
const outputOf = ({ operation, reply }: AnyReply, showSecrets: boolean): object => {
  switch (reply._tag) {
    case "Success": {
      const { apiVersion, ddpXsdVersion, value } = reply
      return { kind: "success", operation, apiVersion, ddpXsdVersion, value: shownValue(value, showSecrets) }
    }
    case "Errors": {
      const { apiVersion, ddpXsdVersion } = reply
      const errors = reply.errors.map(({ code, text }) => ({ code, text: textOf(text, showSecrets) }))
      return { kind: "error-reply", operation, apiVersion, ddpXsdVersion, errors }
    }
    case "Fault":
      return {
        kind: "soap-fault",
        faultcode: reply.faultcode,
        faultstring: textOf(reply.faultstring, showSecrets)
      }
  }
}

/** Prints what the reply says. An error reply and a fault are printed as well, and end with an exit code of their own. */
export const runDecode = async (shell: Shell, showSecrets: boolean): Promise<ExitCode> => {
  const bytes = await readInput({ operand: stdinOperand, bytesMax: defaultXmlLimits.bytesMax }, shell.stdin)
  if (Result.isFailure(bytes)) return refuse(shell, bytes.failure)
  const read = decodeAnyReply(bytes.success)
  if (Result.isFailure(read)) return refuse(shell, problemOf(read.failure))
  await shell.write(`${jsonText(outputOf(read.success, showSecrets))}\n`)
  return read.success.reply._tag === "Success" ? exitCodes.done : exitCodes.errorReply
}
