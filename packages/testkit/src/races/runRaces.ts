/**
 * Races of several workers over the same order: every interleaving, every death, or a sample of them.
 */
import type { Inbox, OrderStore, Outbox } from "@docdata/application"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import {
  type Interleaving,
  interleavingCount,
  interleavings,
  lifespans,
  sampledInterleavings
} from "./interleavings.ts"
import { brokenInvariants } from "./invariants.ts"
import { type RaceBench, raceBench, type RaceWorker } from "./RaceBench.ts"
import { claim, type RaceStep, wholePathSteps } from "./refreshSteps.ts"

/** A race after which something was not true. `schedule` names worker and step, one after the other. */
export class RaceLost extends Data.TaggedError("RaceLost")<{
  readonly broken: ReadonlyArray<string>
  readonly schedule: ReadonlyArray<string>
}> {
  override get message(): string {
    return `not true: ${this.broken.join("; ")}\nafter: ${this.schedule.join(", ")}`
  }
}

/** What is raced. */
export interface RacePlan {
  readonly workers: number
  readonly steps: ReadonlyArray<RaceStep>
  /** Whether workers hold the item before the race begins; otherwise claiming it is one of the steps. */
  readonly claimedBefore: boolean
}

/** How many races were run. */
export interface RaceNumbers {
  readonly races: number
  /** Races in which nobody died. */
  readonly withoutDeath: number
  readonly steps: number
}

/** Rounds after which an inbox that is still not empty will never be. */
const cleanUpRoundsMax = 40

const newWorker = (number: number): RaceWorker => ({ name: `w${number}`, idle: false })

/** Goes the whole path again and again until there is nothing to do. */
export const cleanUp = (bench: RaceBench): Effect.Effect<void, unknown> =>
  Effect.gen(function*() {
    for (let round = 0; round < cleanUpRoundsMax; round++) {
      const refresher = newWorker(100 + round)
      const relay = newWorker(200 + round)
      for (const step of wholePathSteps.slice(0, 6)) yield* step.run(bench, refresher)
      for (const step of wholePathSteps.slice(6)) yield* step.run(bench, relay)
      if (refresher.idle && relay.idle) return
    }
  })

/** One race from the beginning: the steps in the given order, then cleaning up, then the invariants. */
export const runRace = (
  { claimedBefore, steps, workers }: RacePlan,
  interleaving: Interleaving
): Effect.Effect<void, unknown, OrderStore | Inbox | Outbox> =>
  Effect.gen(function*() {
    const bench = yield* raceBench
    const crew = Array.from({ length: workers }, (_, number) => newWorker(number + 1))
    // All of them hold the same item, one after the other: all but the last are processes that were thought dead.
    if (claimedBefore) { for (const worker of crew) yield* claim.run(bench, worker) }
    const done = crew.map(() => 0)
    const schedule: Array<string> = []
    for (const number of interleaving) {
      const step = steps[done[number]!++]!
      schedule.push(`${crew[number]!.name} ${step.name}`)
      yield* step.run(bench, crew[number]!)
    }
    yield* cleanUp(bench)
    const broken = yield* brokenInvariants(bench)
    if (broken.length > 0) return yield* new RaceLost({ broken, schedule })
  })

const runAll = <E>(
  layer: Layer.Layer<OrderStore | Inbox | Outbox, E>,
  plan: RacePlan,
  races: Iterable<Interleaving>
): Effect.Effect<RaceNumbers, unknown> =>
  Effect.gen(function*() {
    const whole = plan.workers * plan.steps.length
    const numbers = { races: 0, withoutDeath: 0, steps: 0 }
    for (const interleaving of races) {
      yield* Effect.provide(runRace(plan, interleaving), layer, { local: true })
      numbers.races++
      numbers.steps += interleaving.length
      if (interleaving.length === whole) numbers.withoutDeath++
    }
    return numbers
  })

function* withDeaths({ steps, workers }: RacePlan): Generator<Interleaving, void> {
  for (const lengths of lifespans(workers, steps.length)) yield* interleavings(lengths)
}

const lengthsOf = ({ steps, workers }: RacePlan): ReadonlyArray<number> =>
  Array.from({ length: workers }, () => steps.length)

/** Every `oneIn`th of some races, beginning with the first. */
function* everyNth(races: Iterable<Interleaving>, oneIn: number): Generator<Interleaving, void> {
  let number = 0
  for (const race of races) if (number++ % oneIn === 0) yield race
}

/** Which races of a plan are run. */
export type RaceSelection =
  /** All interleavings, nobody dies. */
  | { readonly which: "interleavings"; readonly oneIn?: number }
  /** All interleavings, with every worker dying at every point, alone and together. */
  | { readonly which: "deaths"; readonly oneIn?: number }
  /** Interleavings at random, nobody dies. */
  | { readonly which: "sample"; readonly count: number; readonly seed: number }

/**
 * Runs races on stores of the layer, which is built anew for each race and has to start empty. Fails with
 * {@link RaceLost} at the first race after which an invariant does not hold.
 */
export const runRaces = <E>(
  layer: Layer.Layer<OrderStore | Inbox | Outbox, E>,
  plan: RacePlan,
  selection: RaceSelection
): Effect.Effect<RaceNumbers, unknown> => {
  switch (selection.which) {
    case "interleavings":
      return runAll(layer, plan, everyNth(interleavings(lengthsOf(plan)), selection.oneIn ?? 1))
    case "deaths":
      return runAll(layer, plan, everyNth(withDeaths(plan), selection.oneIn ?? 1))
    case "sample":
      return runAll(layer, plan, sampledInterleavings(lengthsOf(plan), selection))
  }
}

/** How many interleavings a plan has when nobody dies. */
export const raceCount = (plan: RacePlan): number => interleavingCount(lengthsOf(plan))

/** How many distinct races there are when anybody may die at any point. */
export const raceCountWithDeaths = ({ steps, workers }: RacePlan): number =>
  [...lifespans(workers, steps.length)].reduce((sum, lengths) => sum + interleavingCount(lengths), 0)
