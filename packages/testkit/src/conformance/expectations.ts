/**
 * What cases expect of answers and refusals.
 */
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"

/** The answer is exactly this. */
export const answers = <A, E, R>(effect: Effect.Effect<A, E, R>, expected: A): Effect.Effect<void, E, R> =>
  Effect.map(effect, (answer) => {
    assert.deepEqual(answer, expected)
  })

/** The refusal has this tag and these fields. */
export const refuses = <A, E extends { readonly _tag: string }, R, Tag extends E["_tag"]>(
  effect: Effect.Effect<A, E, R>,
  tag: Tag,
  fields: Partial<Extract<E, { readonly _tag: Tag }>>
): Effect.Effect<void, A, R> =>
  Effect.map(Effect.flip(effect), (refusal) => {
    assert.equal(refusal._tag, tag)
    for (const [name, value] of Object.entries(fields)) {
      assert.deepEqual(Reflect.get(refusal, name), value, `${tag}.${name}`)
    }
  })

/** How many callers a case runs at once: more than connections of a small pool, few enough to be quick. */
export const callerCount = 12

/** Runs the same call several times at once. */
export const atOnce = <A, E, R>(call: (caller: number) => Effect.Effect<A, E, R>): Effect.Effect<Array<A>, E, R> =>
  Effect.forEach(Array.from({ length: callerCount }, (_, caller) => caller), call, { concurrency: "unbounded" })
