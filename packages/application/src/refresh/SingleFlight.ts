/**
 * One refresh of an order at a time, shared by all who want one.
 *
 * Whoever comes while a refresh is under way cannot use its answer: the events may be younger than the question. They
 * all wait for the next refresh together. However many come at once, it takes two.
 */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** Runs once for all who share it, with what each of them brought along. */
type Run = (requests: ReadonlyArray<unknown>, hasWaited: boolean) => Effect.Effect<unknown, unknown>

interface Flight {
  readonly done: Deferred.Deferred<unknown, unknown>
  readonly requests: Array<unknown>
  readonly run: Run
}

export class SingleFlight extends Context.Service<SingleFlight, {
  /**
   * Runs `run` for `key`, or joins the next run of that key. A run begins after every call that shares it was
   * made, and is given the requests of all of them in the order they came: nothing anybody brought along is lost.
   * `hasWaited` says that another run of the key came in between: what a caller read before is old by now.
   * Interrupting a caller ends its waiting, not the run, and takes no request back. Of several calls that share a run,
   * the first one's `run` is used; they must ask for the same.
   */
  readonly share: <Request, A, E>(
    key: string,
    request: Request,
    run: (requests: ReadonlyArray<Request>, hasWaited: boolean) => Effect.Effect<A, E>
  ) => Effect.Effect<A, E>
}>()("@docdata/application/SingleFlight") {
  static readonly layer = Layer.effect(
    SingleFlight,
    Effect.gen(function*() {
      const scope = yield* Effect.scope
      const underWay = new Set<string>()
      const queued = new Map<string, Flight>()
      const unanswered = new Set<Flight>()
      let isClosed = false

      // What cannot be flown any more is not waited for any more. Runs after the runs themselves were interrupted.
      yield* Effect.addFinalizer(() =>
        Effect.suspend(() => {
          isClosed = true
          return Effect.forEach(unanswered, ({ done }) => Deferred.interrupt(done), { discard: true })
        })
      )

      const land = (key: string): Effect.Effect<void> =>
        Effect.suspend(() => {
          const following = queued.get(key)
          queued.delete(key)
          if (following !== undefined && !isClosed) return fly(key, following, true)
          underWay.delete(key)
          return Effect.void
        })

      const fly = (key: string, flight: Flight, hasWaited: boolean): Effect.Effect<void> => {
        const answered = Deferred.into(Effect.suspend(() => flight.run(flight.requests, hasWaited)), flight.done)
        const ended = Effect.suspend(() => {
          unanswered.delete(flight)
          return land(key)
        })
        return Effect.asVoid(Effect.forkIn(Effect.ensuring(answered, ended), scope))
      }

      // In one step from the refresh at who flies to the fork: an interruption in between would leave a key that is
      // under way for ever.
      const share = (key: string, request: unknown, run: Run): Effect.Effect<unknown, unknown> =>
        Effect.uninterruptibleMask((restore) =>
          Effect.suspend(() => {
            if (isClosed) return Effect.interrupt
            const waiting = queued.get(key)
            if (waiting !== undefined) {
              waiting.requests.push(request)
              return restore(Deferred.await(waiting.done))
            }
            const flight: Flight = { done: Deferred.makeUnsafe(), requests: [request], run }
            unanswered.add(flight)
            const answer = restore(Deferred.await(flight.done))
            if (underWay.has(key)) {
              queued.set(key, flight)
              return answer
            }
            underWay.add(key)
            return Effect.andThen(fly(key, flight, false), answer)
          })
        )

      // Callers of one key share one kind of look, so the answer of the run has the type each of them asked for.
      return SingleFlight.of({ share: share as SingleFlight["Service"]["share"] })
    })
  )
}
