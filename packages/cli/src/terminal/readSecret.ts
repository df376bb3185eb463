/**
 * A secret from a pipe or, on a terminal, from whoever sits there; never from the command line, which others can see.
 */
import * as Result from "effect/Result"
import { readInput, stdinOperand } from "../input/readInput.ts"
import type { Shell } from "../Shell.ts"

const bytesMax = 4_096

/** The first line without its end. `what` is for the question and the refusal: `password of shop_login`. */
export const readSecret = async (
  { askSecret, stdin }: Pick<Shell, "askSecret" | "stdin">,
  what: string
): Promise<Result.Result<string, string>> => {
  if (askSecret !== undefined) {
    const typed = await askSecret(`${what}: `)
    return typed === undefined || typed === "" ? Result.fail(`no ${what} was given`) : Result.succeed(typed)
  }
  const read = await readInput({ operand: stdinOperand, bytesMax }, stdin)
  if (Result.isFailure(read)) return Result.fail(`no ${what} on standard input: ${read.failure.sentence}`)
  const [line = ""] = Buffer.from(read.success).toString("utf8").split(/\r?\n/)
  return line === "" ? Result.fail(`no ${what} on standard input: the first line is empty`) : Result.succeed(line)
}
