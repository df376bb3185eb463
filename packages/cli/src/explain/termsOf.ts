/**
 * The flags that explain and reconcile share.
 */
import { paidWhens, ruleSetNames } from "@docdata/domain"
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import { instantExpected, parseInstant } from "../input/instant.ts"
import { printable } from "../text/printable.ts"
import type { Requests } from "./questionOf.ts"

/** How to decide, and as of when. */
export interface Terms {
  readonly requests: Requests
  readonly nowMs: number
}

/** Reads `--rules`, `--paid-when` and `--now`; without the last the clock counts. The failure is a clause. */
export const termsOf = ({ values }: Given, clockMs: () => number): Result.Result<Terms, string> => {
  const rules = ruleSetNames.find((name) => name === values.get("rules"))
  const paidWhen = paidWhens.find((name) => name === values.get("paid-when"))
  if (paidWhen !== undefined && rules !== undefined && rules !== "strict") {
    return Result.fail(`--paid-when means nothing to ${rules}: the legacy rules know captured money only`)
  }
  const now = values.get("now")
  const nowMs = now === undefined ? clockMs() : parseInstant(now)
  if (nowMs === undefined) return Result.fail(`--now is ${instantExpected}; not ${printable(now ?? "")}`)
  return Result.succeed({
    requests: { ...(rules === undefined ? {} : { rules }), ...(paidWhen === undefined ? {} : { paidWhen }) },
    nowMs
  })
}
