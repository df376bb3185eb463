/**
 * Whose things a list shows: those of the merchant that is asked for, or of all that the caller speaks for.
 */
import { type Caller, type Problem, problem } from "@docdata/contract"
import * as Effect from "effect/Effect"
import { speaksFor } from "../access/authorize.ts"

/** As part of a filter; empty when nothing is left out. A merchant that the key does not speak for is refused. */
export const seenMerchants = (
  caller: Caller["Service"],
  named: string | undefined
): Effect.Effect<{ readonly merchants?: ReadonlyArray<string> }, Problem<"unknown-merchant">> => {
  if (named === undefined) return Effect.succeed(caller.merchants === "all" ? {} : { merchants: caller.merchants })
  return speaksFor(caller, named)
    ? Effect.succeed({ merchants: [named] })
    : Effect.fail(problem("unknown-merchant", "this key does not speak for such an account"))
}
