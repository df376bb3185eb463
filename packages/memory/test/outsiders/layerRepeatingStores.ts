import { Inbox, OrderStore, Outbox, StoreFailure } from "@docdata/application"
import { layerMemory } from "@docdata/memory"
import { type Context, Effect, Layer } from "effect"

type Method = (...given: ReadonlyArray<unknown>) => Effect.Effect<unknown, unknown>

const isSafeToRepeat = (failure: unknown) => failure instanceof StoreFailure && failure.retryable

/** A store in front of another one: what certainly wrote nothing is tried again. */
const repeating = <Port, Store extends object>(port: Context.Key<Port, Store>) =>
  Layer.effect(
    port,
    Effect.map(port, (store) =>
      new Proxy(store, {
        get: (target, name): Method => (...given) =>
          Effect.retry(Reflect.apply(Reflect.get(target, name) as Method, target, given), {
            times: 3,
            while: isSafeToRepeat
          })
      }))
  )

export const layerRepeatingStores = Layer.mergeAll(repeating(OrderStore), repeating(Inbox), repeating(Outbox)).pipe(
  Layer.provideMerge(layerMemory)
)
