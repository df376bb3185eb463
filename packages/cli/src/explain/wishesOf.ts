/**
 * The flags that explain and reconcile share.
 */
import { paidWhens, ruleSetNames } from "@docdata/domain"
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import { instantExpected, parseInstant } from "../input/instant.ts"
import { printable } from "../text/printable.ts"
import type { Wishes } from "./questionOf.ts"

/** The rules and the policy wished for; both are among their allowed values already. */
export const wishesOf = ({ values }: Given): Wishes => {
  const rules = ruleSetNames.find((name) => name === values.get("rules"))
  const paidWhen = paidWhens.find((name) => name === values.get("paid-when"))
  return { ...(rules === undefined ? {} : { rules }), ...(paidWhen === undefined ? {} : { paidWhen }) }
}

/** The instant of `--now`, or the clock's. The failure is a clause. */
export const nowOf = ({ values }: Given, clockMs: () => number): Result.Result<number, string> => {
  const text = values.get("now")
  if (text === undefined) return Result.succeed(clockMs())
  const nowMs = parseInstant(text)
  return nowMs === undefined
    ? Result.fail(`--now is ${instantExpected}; not ${printable(text)}`)
    : Result.succeed(nowMs)
}
