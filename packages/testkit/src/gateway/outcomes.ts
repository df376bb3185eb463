/**
 * What cases expect of calls that are refused or fail.
 */
import type { Answer, GatewayFailure, RejectionKind } from "@docdata/application"
import { mayHaveHappened } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"

type Call<R> = Effect.Effect<Answer<unknown>, GatewayFailure, R>

/** The provider refuses with one of these meanings, and nothing has happened. Answers how many errors it named. */
export const rejectedAs = <R>(
  call: Call<R>,
  ...kinds: ReadonlyArray<RejectionKind>
): Effect.Effect<number, Answer<unknown>, R> =>
  Effect.map(Effect.flip(call), ({ operation, reason }) => {
    assert.equal(reason._tag, "Rejected", "the reason of the failure")
    if (reason._tag !== "Rejected") return 0
    assert.ok(kinds.includes(reason.kind), `the provider's refusal means ${kinds.join(" or ")}, not ${reason.kind}`)
    assert.equal(mayHaveHappened(operation, reason), false, "whether the refused call may have happened")
    return reason.errors.length
  })

/** Any refusal of the data, and nothing has happened. */
export const rejected = <R>(call: Call<R>): Effect.Effect<void, Answer<unknown>, R> =>
  Effect.asVoid(rejectedAs(call, "refused", "not-found"))

/** Refused before sending, for exactly these fields. */
export const refusedAt = <R>(call: Call<R>, ...paths: ReadonlyArray<string>): Effect.Effect<void, Answer<unknown>, R> =>
  Effect.map(Effect.flip(call), ({ operation, reason }) => {
    assert.equal(reason._tag, "RefusedBeforeSending", "the reason of the failure")
    const problems = reason._tag === "RefusedBeforeSending" ? reason.problems : []
    assert.deepEqual(problems.map(({ path }) => path).toSorted(), [...paths].toSorted(), "the fields that are refused")
    assert.equal(mayHaveHappened(operation, reason), false, "whether the refused call may have happened")
  })
