/**
 * Conformance cases as data, and how they become tests of whatever test runner is used.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { CaseFailed, NotOffered } from "./CaseFailed.ts"

/** One sentence of a port, and the proof that an adapter keeps it. Fails or dies when it does not. */
export interface Case<Services> {
  readonly name: string
  readonly run: Effect.Effect<void, unknown, Services>
}

/** Cases about one thing. */
export interface Group<Services> {
  readonly title: string
  readonly cases: ReadonlyArray<Case<Services>>
}

/** What a suite needs of a test runner: Vitest, Jest and `node:test` have both under these names. */
export interface TestFunctions {
  readonly describe: (title: string, body: () => void) => void
  readonly it: (name: string, body: () => Promise<void>) => void
}

/** A case from what it says and what it does. */
export const specify = <E, R>(name: string, run: Effect.Effect<void, E, R>): Case<R> => ({ name, run })

/** Runs a case; what it fails or dies with becomes a failure that names the case, and what was expected and found. */
const held = <Services>(title: string, { name, run }: Case<Services>): Effect.Effect<void, CaseFailed, Services> =>
  Effect.catchCause(run, (cause) => {
    const found = Cause.squash(cause)
    return found instanceof NotOffered ? Effect.void : Effect.fail(new CaseFailed(title, name, found))
  })

/**
 * Registers every case as a test. The layer is built anew for each case and has to start empty: a store on a disk or
 * a server empties itself, or opens another file or schema, whenever it is built.
 */
export const register = <Services, E>(
  { describe, it }: TestFunctions,
  groups: ReadonlyArray<Group<Services>>,
  layer: Layer.Layer<Services, E>
): void => {
  for (const { cases, title } of groups) {
    describe(title, () => {
      for (const one of cases) it(one.name, () => Effect.runPromise(Effect.provide(held(title, one), layer)))
    })
  }
}

/** Runs cases without a test runner, each on a layer built anew; answers those that do not hold. */
export const failedCases = <Services, E>(
  groups: ReadonlyArray<Group<Services>>,
  layer: Layer.Layer<Services, E>
): Effect.Effect<ReadonlyArray<CaseFailed>, E> =>
  Effect.map(
    Effect.forEach(
      groups.flatMap(({ cases, title }) => cases.map((one) => held(title, one))),
      (run) =>
        Effect.provide(
          Effect.match(run, { onFailure: (failed) => [failed], onSuccess: () => [] }),
          layer,
          { local: true }
        )
    ),
    (failures) => failures.flat()
  )

/** How many cases there are. */
export const caseCount = <Services>(groups: ReadonlyArray<Group<Services>>): number =>
  groups.reduce((count, { cases }) => count + cases.length, 0)
