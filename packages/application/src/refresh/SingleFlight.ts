/**
 * One look at an order at a time, shared by all who want one.
 *
 * Whoever comes while a look is under way cannot use its answer: the news may be younger than the question. They
 * all wait for the next look together. However many come at once, it takes two.
 */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

type Look = Effect.Effect<unknown, unknown>

export class SingleFlight extends Context.Service<SingleFlight, {
  /**
   * Runs `look` for `key`, or joins the next run of that key. A run begins after every call that shares it was
   * made. Interrupting a caller ends its waiting, not the run. Of several calls that share a run, the first one's
   * `look` is run; they must ask for the same.
   */
  readonly share: <A, E>(key: string, look: Effect.Effect<A, E>) => Effect.Effect<A, E>
}>()("@docdata/application/SingleFlight") {
  static readonly layer = Layer.effect(
    SingleFlight,
    Effect.gen(function*() {
      const scope = yield* Effect.scope
      const underWay = new Set<string>()
      const queued = new Map<string, { readonly done: Deferred.Deferred<unknown, unknown>; readonly look: Look }>()

      const fly = (key: string, look: Look, done: Deferred.Deferred<unknown, unknown>): Effect.Effect<void> =>
        Effect.suspend(() => {
          underWay.add(key)
          const land = Effect.suspend(() => {
            underWay.delete(key)
            const following = queued.get(key)
            if (following === undefined) return Effect.void
            queued.delete(key)
            return fly(key, following.look, following.done)
          })
          return Effect.asVoid(Effect.forkIn(Effect.ensuring(Deferred.into(look, done), land), scope))
        })

      const share = (key: string, look: Look): Effect.Effect<unknown, unknown> =>
        Effect.suspend(() => {
          const waiting = queued.get(key)
          if (waiting !== undefined) return Deferred.await(waiting.done)
          const done = Deferred.makeUnsafe<unknown, unknown>()
          if (!underWay.has(key)) return Effect.andThen(fly(key, look, done), Deferred.await(done))
          queued.set(key, { done, look })
          return Deferred.await(done)
        })

      // Callers of one key share one kind of look, so the answer of the run has the type each of them asked for.
      return SingleFlight.of({ share: share as SingleFlight["Service"]["share"] })
    })
  )
}
