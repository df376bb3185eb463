/**
 * What cases expect of calls that are refused or fail.
 */
import type { Answer, GatewayFailure, ReplyError } from "@docdata/application"
import { mayHaveHappened } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"

type Call<R> = Effect.Effect<Answer<unknown>, GatewayFailure, R>

/** The provider refuses with these codes, in this order, and nothing has happened. */
export const rejectedWith = <R>(
  call: Call<R>,
  ...codes: ReadonlyArray<string>
): Effect.Effect<void, Answer<unknown>, R> =>
  Effect.map(Effect.flip(call), ({ operation, reason }) => {
    assert.equal(reason._tag, "Rejected")
    const errors: ReadonlyArray<ReplyError> = reason._tag === "Rejected" ? reason.errors : []
    assert.deepEqual(errors.map(({ code }) => code), codes)
    assert.equal(mayHaveHappened(operation, reason), false)
  })

/** Any refusal of the data, and nothing has happened. */
export const rejected = <R>(call: Call<R>): Effect.Effect<void, Answer<unknown>, R> =>
  rejectedWith(call, "REQUEST_DATA_INCORRECT")

/** Refused before sending, for exactly these fields. */
export const refusedAt = <R>(call: Call<R>, ...paths: ReadonlyArray<string>): Effect.Effect<void, Answer<unknown>, R> =>
  Effect.map(Effect.flip(call), ({ operation, reason }) => {
    assert.equal(reason._tag, "RefusedBeforeSending")
    const problems = reason._tag === "RefusedBeforeSending" ? reason.problems : []
    assert.deepEqual(problems.map(({ path }) => path).toSorted(), [...paths].toSorted())
    assert.equal(mayHaveHappened(operation, reason), false)
  })
