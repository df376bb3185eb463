/**
 * Conformance cases as data, and how they become tests of whatever test runner is used.
 */
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"

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
      for (const { name, run } of cases) {
        it(name, () => Effect.runPromise(Effect.provide(run, layer)))
      }
    })
  }
}

/** How many cases there are. */
export const caseCount = <Services>(groups: ReadonlyArray<Group<Services>>): number =>
  groups.reduce((count, { cases }) => count + cases.length, 0)
