/**
 * Work that may outlast the round that began it.
 *
 * A round that waited for its slowest item would make every other one wait as well: a consumer that takes thirty
 * seconds would delay them all. So a round begins what there is room for, waits a moment, and leaves the slow ones to
 * themselves; they keep their slots until they are done.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"

/** Most work is done by then; whoever takes longer takes a slot, not everybody's time. */
export const roundPatienceMs = 1_000

/** One piece of work; the key is what `busy` knows it by. */
export interface Piece<R> {
  readonly key: string
  readonly work: Effect.Effect<unknown, never, R>
}

/** What may be begun now. */
export interface Room {
  readonly free: number
  /** Keys of the work under way on this line. */
  readonly busy: ReadonlySet<string>
}

export class WorkSlots extends Context.Service<WorkSlots, {
  /**
   * Asks `take` for work for the free slots of a line and begins all of it. Answers how many pieces were begun, when
   * they are done or {@link roundPatienceMs} are over. Lines are apart; no line ever has more than its slots under way.
   */
  readonly fill: <E, R>(
    line: string,
    options: {
      readonly slots: number
      readonly take: (room: Room) => Effect.Effect<ReadonlyArray<Piece<R>>, E, R>
    }
  ) => Effect.Effect<number, E, R>
}>()("@docdata/application/WorkSlots") {
  static readonly layer = Layer.effect(
    WorkSlots,
    Effect.gen(function*() {
      const scope = yield* Effect.scope
      const busyByLine = new Map<string, Set<string>>()
      // Slots promised to a round that is still looking for work.
      const takingByLine = new Map<string, number>()
      const busyOf = (line: string): Set<string> => {
        const busy = busyByLine.get(line) ?? new Set<string>()
        busyByLine.set(line, busy)
        return busy
      }
      const begin = <R>(busy: Set<string>, { key, work }: Piece<R>) => {
        busy.add(key)
        return Effect.forkIn(Effect.ensuring(work, Effect.sync(() => busy.delete(key))), scope)
      }
      return WorkSlots.of({
        fill: (line, { slots, take }) =>
          Effect.uninterruptibleMask((restore) =>
            Effect.gen(function*() {
              const busy = busyOf(line)
              const taking = takingByLine.get(line) ?? 0
              const free = slots - busy.size - taking
              if (free <= 0) return 0
              takingByLine.set(line, taking + free)
              const pieces = yield* Effect.ensuring(
                restore(take({ free, busy })),
                Effect.sync(() => takingByLine.set(line, (takingByLine.get(line) ?? 0) - free))
              )
              const fibers = yield* Effect.forEach(pieces, (piece) => begin(busy, piece))
              yield* restore(Effect.timeoutOption(Fiber.awaitAll(fibers), roundPatienceMs))
              return fibers.length
            })
          )
      })
    })
  )
}
