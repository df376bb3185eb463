/**
 * Consent to what cannot be undone.
 */
import * as Effect from "effect/Effect"
import { badInput, notPossible } from "../api/CommandFailure.ts"
import type { Runner } from "../api/runApi.ts"

/**
 * Shows what will happen on standard error. Goes on if `--yes` was typed or a person agrees; fails otherwise, also where
 * nobody can be asked.
 */
export const agreed = Effect.fnUntraced(function*(line: string, { given: { switches }, path, shell }: Runner) {
  shell.complain(`${path}: ${line}`)
  if (switches.has("yes")) return
  const { ask } = shell
  if (ask === undefined) return yield* badInput("--yes is missing, and there is nobody to ask")
  const answer = yield* Effect.promise(() => ask("Go on? [y/N] "))
  if (!/^y(es)?$/i.test(answer.trim())) return yield* notPossible("nothing was done")
})
