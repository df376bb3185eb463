/**
 * Consent to what cannot be undone.
 */
import * as Effect from "effect/Effect"
import { exitCodes } from "../ExitCode.ts"
import { CommandFailure } from "./CommandFailure.ts"
import type { Runner } from "./runOnOrders.ts"

/**
 * Shows what will happen on standard error. Goes on if `--yes` was typed or a person agrees; fails otherwise, also where
 * nobody can be asked.
 */
export const agreed = Effect.fnUntraced(function*(
  lines: ReadonlyArray<string>,
  { given: { switches }, path, shell }: Runner
) {
  for (const line of lines) shell.complain(`${path}: ${line}`)
  if (switches.has("yes")) return
  const { ask } = shell
  if (ask === undefined) {
    return yield* new CommandFailure({
      exit: exitCodes.badInput,
      message: "--yes is missing, and there is nobody to ask"
    })
  }
  const answer = yield* Effect.promise(() => ask("Go on? [y/N] "))
  if (!/^y(es)?$/i.test(answer.trim())) {
    return yield* new CommandFailure({ exit: exitCodes.commandFailed, message: "nothing was done" })
  }
})
