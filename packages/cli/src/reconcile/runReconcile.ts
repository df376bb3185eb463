/**
 * The work of `docdata reconcile`: line by line, in memory that does not grow.
 */
import { type Question, reconcile } from "@docdata/domain"
import * as Result from "effect/Result"
import { badUsage } from "../badUsage.ts"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { policyOf } from "../explain/questionOf.ts"
import { termsOf } from "../explain/termsOf.ts"
import { makeJsonDecoder } from "../input/decodeJson.ts"
import { type InputViolation, problemLine } from "../input/InputViolation.ts"
import { openInput, readProblem, sourceName, stdinOperand } from "../input/readInput.ts"
import { type Line, lineBytesMax, readLines } from "../input/readLines.ts"
import type { Shell } from "../Shell.ts"
import { ReconcileInput, toQuestion } from "./ReconcileLine.ts"

const decode = makeJsonDecoder(ReconcileInput)

/** Output is written when this much has gathered: few enough system calls, little enough memory. */
const batchCharacters = 64 * 1024

/** How often the progress line is renewed, in lines. */
const progressEveryLines = 5_000

interface Counts {
  read: number
  bad: number
}

const unreadableSentences = {
  "too-long": `the line is longer than ${lineBytesMax} bytes`,
  "not-utf-8": "the line is not UTF-8 text"
} as const

const answer = (
  line: Line,
  defaults: Pick<Question, "policy" | "nowMs">
): Result.Result<string, Omit<InputViolation, "source">> => {
  if ("unreadable" in line) return Result.fail({ line: line.number, sentence: unreadableSentences[line.unreadable] })
  const input = decode(line.text)
  if (Result.isFailure(input)) return Result.fail({ ...input.failure, line: line.number })
  return Result.succeed(`${JSON.stringify(reconcile(toQuestion(input.success, defaults)))}\n`)
}

const isBlank = (line: Line): boolean => "text" in line && line.text.trim() === ""

/** Answers every line in order. A bad one is told and passed over. */
const answerAll = async (
  lines: AsyncIterable<Line>,
  { defaults, source }: { readonly defaults: Pick<Question, "policy" | "nowMs">; readonly source: string },
  shell: Shell
): Promise<Counts> => {
  const counts: Counts = { read: 0, bad: 0 }
  let batch = ""
  for await (const line of lines) {
    if (isBlank(line)) continue
    counts.read++
    const answered = answer(line, defaults)
    if (Result.isSuccess(answered)) {
      batch += answered.success
    } else {
      counts.bad++
      shell.complain(`docdata: ${problemLine({ source, ...answered.failure })}`)
    }
    if (batch.length >= batchCharacters) {
      await shell.write(batch)
      batch = ""
    }
    if (counts.read % progressEveryLines === 0) shell.progress?.(`${counts.read} lines, ${counts.bad} bad`)
  }
  if (batch !== "") await shell.write(batch)
  shell.progress?.("")
  return counts
}

/** Reads, decides, writes; resolves with the exit code. */
export const runReconcile = async (given: Given, shell: Shell): Promise<ExitCode> => {
  if (!given.switches.has("jsonl")) {
    return badUsage(shell, "docdata reconcile", "--jsonl is missing; it is the only format so far")
  }
  const terms = termsOf(given, shell.nowMs)
  if (Result.isFailure(terms)) return badUsage(shell, "docdata reconcile", terms.failure)
  const operand = given.operands[0] ?? stdinOperand
  const source = sourceName(operand)
  const defaults = { policy: policyOf(terms.success.requests), nowMs: terms.success.nowMs }
  let counts: Counts
  try {
    counts = await answerAll(readLines(openInput(operand, shell.stdin)), { defaults, source }, shell)
  } catch (error) {
    shell.complain(`docdata: ${problemLine(readProblem(source, error))}`)
    return exitCodes.badInput
  }
  if (counts.bad === 0) return exitCodes.done
  shell.complain(`docdata: ${source}: ${counts.bad} of ${counts.read} lines were not understood and have no answer`)
  return exitCodes.badInput
}
