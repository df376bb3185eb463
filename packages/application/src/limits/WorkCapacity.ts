/**
 * Work that may outlast the round that began it.
 *
 * A round that waited for its slowest item would make every other one wait as well: a subscriber that takes thirty
 * seconds would delay them all. So a round begins what there is capacity for, waits a moment, and leaves the slow ones to
 * themselves; they keep their capacity until they are done.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"

const nanosPerMs = 1_000_000n

/** Whole milliseconds that never go back, for how long something takes or has to wait. */
export const monotonicMs: Effect.Effect<number> = Effect.map(
  Clock.monotonicTimeNanos,
  (nanos) => Number(nanos / nanosPerMs)
)

/** Most work is done by then; whoever takes longer takes capacity, not everybody's time. */
export const roundPatienceMs = 1_000

/** One piece of work; the key is what `busy` knows it by. */
export interface Piece<R> {
  readonly key: string
  readonly work: Effect.Effect<unknown, never, R>
}

/** One piece of work of one of several lines. */
interface LinePiece<R> extends Piece<R> {
  readonly line: string
}

/** What may be begun now. */
export interface Capacity {
  readonly free: number
  /** Keys of the work under way on this line. */
  readonly busy: ReadonlySet<string>
}

/** What was found to begin. */
export interface Taken<R> {
  readonly pieces: ReadonlyArray<Piece<R>>
  /** There is more, which may be begun only after so many milliseconds. */
  readonly againInMs?: number
}

interface Filling<E, R, A> {
  readonly limit: number
  readonly take: (capacity: Capacity) => Effect.Effect<A, E, R>
}

interface FillingTogether<E, R> {
  /** Of each line. */
  readonly limit: number
  readonly take: (free: ReadonlyMap<string, number>) => Effect.Effect<ReadonlyArray<LinePiece<R>>, E, R>
}

/** Lines that together have no more than so much capacity. */
interface LineGroup {
  readonly name: string
  readonly limit: number
}

interface Keeping<E, R> extends Filling<E, R, Taken<R>> {
  readonly group: LineGroup
  readonly forMs: number
}

export class WorkCapacity extends Context.Service<WorkCapacity, {
  /**
   * Asks `take` for work for the free capacity of a line and begins all of it. Answers how many pieces were begun, when
   * they are done or {@link roundPatienceMs} are over. Lines are apart; no line ever has more than its capacity under way.
   */
  readonly fill: <E, R>(
    line: string,
    filling: Filling<E, R, ReadonlyArray<Piece<R>>>
  ) => Effect.Effect<number, E, R>
  /** As `fill` for several lines whose work is taken in one go; `take` receives how much each of them may begin. */
  readonly fillTogether: <E, R>(
    lines: ReadonlyArray<string>,
    filling: FillingTogether<E, R>
  ) => Effect.Effect<number, E, R>
  /**
   * As `fill`, and asks again as soon as capacity is free or what was found may be begun, for `forMs` in all. Answers how
   * many pieces were begun, but 1 instead of none when there still was something to wait for: whoever goes on at once as
   * long as the answer is above 0 leaves capacity idle. Capacity of the group goes to whichever of its lines has waited
   * longest.
   */
  readonly keepFull: <E, R>(line: string, keeping: Keeping<E, R>) => Effect.Effect<number, E, R>
}>()("@docdata/application/WorkCapacity") {
  static readonly layer = Layer.effect(
    WorkCapacity,
    Effect.map(Effect.scope, (scope) => {
      const lines = new Map<string, Line>()
      const lineOf = (name: string): Line => {
        const line = lines.get(name) ?? { busy: new Set<string>(), taking: 0 }
        lines.set(name, line)
        return line
      }
      const groups = new Map<string, Group>()
      const groupOf = ({ name, limit }: LineGroup): Group => {
        const group = groups.get(name) ?? { limit, used: 0, freed: Deferred.makeUnsafe<void>() }
        groups.set(name, group)
        return group
      }
      return WorkCapacity.of({
        fill: (name, { limit, take }) =>
          Effect.gen(function*() {
            const group = { limit, used: 0, freed: Deferred.makeUnsafe<void>() }
            const taking = (capacity: Capacity) => Effect.map(take(capacity), (pieces) => ({ pieces }))
            const { fibers } = yield* begin({ line: lineOf(name), group, scope }, { limit, take: taking })
            yield* Effect.timeoutOption(Fiber.awaitAll(fibers), roundPatienceMs)
            return fibers.length
          }),
        fillTogether: (names, { limit, take }) =>
          Effect.flatMap(
            beginTogether(names.map((name) => ({ name, line: lineOf(name) })), { limit, take, scope }),
            (fibers) => Effect.as(Effect.timeoutOption(Fiber.awaitAll(fibers), roundPatienceMs), fibers.length)
          ),
        keepFull: (name, keeping) => keepFull({ line: lineOf(name), group: groupOf(keeping.group), scope }, keeping)
      })
    })
  )
}

interface Line {
  readonly busy: Set<string>
  /** Capacity promised to a round that is still looking for work. */
  taking: number
}

interface Group {
  readonly limit: number
  /** By work under way, and by rounds that are still looking for some. */
  used: number
  /** Done when capacity becomes free; then there is another one. */
  freed: Deferred.Deferred<void>
}

interface Lane {
  readonly line: Line
  readonly group: Group
  readonly scope: Scope.Scope
}

const release = (group: Group, limit: number): void => {
  if (limit === 0) return
  group.used -= limit
  const { freed } = group
  group.freed = Deferred.makeUnsafe()
  Deferred.doneUnsafe(freed, Effect.void)
}

interface Together<E, R> extends FillingTogether<E, R> {
  readonly scope: Scope.Scope
}

/** Begins a piece of work; its capacity is free again when it is done. */
const beginPiece = <R>(line: Line, { key, work }: Piece<R>, { done, scope }: {
  readonly done: Effect.Effect<void>
  readonly scope: Scope.Scope
}) => {
  line.busy.add(key)
  const ended = Effect.andThen(Effect.sync(() => line.busy.delete(key)), done)
  return Effect.forkIn(Effect.ensuring(work, ended), scope)
}

const beginTogether = <E, R>(
  named: ReadonlyArray<{ readonly name: string; readonly line: Line }>,
  { limit, scope, take }: Together<E, R>
) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function*() {
      const taking = named.flatMap(({ line, name }) => {
        const free = limit - line.busy.size - line.taking
        return free > 0 ? [{ name, line, free }] : []
      })
      if (taking.length === 0) return []
      for (const { free, line } of taking) line.taking += free
      const lines = new Map(taking.map(({ line, name }) => [name, line]))
      const pieces = yield* Effect.ensuring(
        restore(take(new Map(taking.map(({ free, name }) => [name, free])))),
        Effect.sync(() => {
          for (const { free, line } of taking) line.taking -= free
        })
      )
      return yield* Effect.forEach(
        pieces,
        (piece) => beginPiece(lines.get(piece.line)!, piece, { done: Effect.void, scope })
      )
    })
  )

/** Begins what `take` has for the free capacity. It goes on by itself, in the scope of the process. */
const begin = <E, R>({ group, line, scope }: Lane, { limit, take }: Filling<E, R, Taken<R>>) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function*() {
      const free = Math.min(limit - line.busy.size - line.taking, group.limit - group.used)
      if (free <= 0) return { fibers: [], isFull: true }
      line.taking += free
      group.used += free
      const { againInMs, pieces } = yield* Effect.onExit(restore(take({ free, busy: line.busy })), (exit) =>
        Effect.sync(() => {
          line.taking -= free
          release(group, free - (Exit.isSuccess(exit) ? exit.value.pieces.length : 0))
        }))
      const done = Effect.sync(() =>
        release(group, 1)
      )
      const fibers = yield* Effect.forEach(pieces, (piece) => beginPiece(line, piece, { done, scope }))
      return { fibers, isFull: fibers.length >= free, againInMs }
    })
  )

const keepFull = <E, R>(lane: Lane, keeping: Keeping<E, R>) =>
  Effect.gen(function*() {
    const endsAtMs = (yield* monotonicMs) + keeping.forMs
    const untilEnd = (wait: Effect.Effect<unknown>) =>
      Effect.flatMap(monotonicMs, (nowMs) => Effect.timeoutOption(wait, Math.max(0, endsAtMs - nowMs)))
    const begun: Array<Fiber.Fiber<unknown>> = []
    for (;;) {
      // Before the look for free capacity: one that becomes free during it is not missed.
      const { freed } = lane.group
      const { againInMs, fibers, isFull } = yield* begin(lane, keeping)
      begun.push(...fibers)
      if (!isFull && againInMs === undefined) {
        yield* untilEnd(Fiber.awaitAll(begun))
        return begun.length
      }
      yield* untilEnd(isFull ? Deferred.await(freed) : Effect.sleep(againInMs!))
      if ((yield* monotonicMs) >= endsAtMs) return Math.max(1, begun.length)
    }
  })
