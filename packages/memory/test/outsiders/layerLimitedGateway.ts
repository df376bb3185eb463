import { operations, PaymentGateway } from "@docdata/application"
import { layerFakeWorld } from "@docdata/testkit"
import { Effect, Layer, Semaphore } from "effect"

type Call = (...given: ReadonlyArray<unknown>) => Effect.Effect<unknown>

/** A gateway in front of another one: at most four calls are under way, the others wait for their turn. */
export const layerLimitedGateway = Layer.effect(
  PaymentGateway,
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    const turns = yield* Semaphore.make(4)
    const limited = operations.map((operation) => {
      const call = gateway[operation] as Call
      return [operation, (...given: ReadonlyArray<unknown>) => turns.withPermit(call(...given))]
    })
    return PaymentGateway.of({ ...gateway, ...Object.fromEntries(limited) })
  })
).pipe(Layer.provideMerge(layerFakeWorld))
