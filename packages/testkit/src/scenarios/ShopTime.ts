/**
 * The time of a shop under test: the real one, and as much later as the test says.
 *
 * Stores and gateways wait in real time for disks and networks, so a clock that stands still would stop them; days and
 * weeks pass at once.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

export class ShopTime extends Context.Service<ShopTime, {
  readonly pass: (ms: number) => Effect.Effect<void>
}>()("@docdata/testkit/ShopTime") {}

/** The clock, and the hand that moves it. */
export const layerShopTime: Layer.Layer<ShopTime> = Layer.effectContext(
  Effect.map(Clock.Clock, (real) => {
    let aheadMs = 0
    const millis = (): number => real.currentTimeMillisUnsafe() + aheadMs
    const nanos = (): bigint => real.currentTimeNanosUnsafe() + BigInt(aheadMs) * 1_000_000n
    const clock: Clock.Clock = {
      currentTimeMillisUnsafe: millis,
      currentTimeMillis: Effect.sync(millis),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: () => real.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: real.monotonicTimeNanos,
      sleep: (duration) => real.sleep(duration)
    }
    const pass = (ms: number) =>
      Effect.sync(() => {
        aheadMs += ms
      })
    return Context.empty().pipe(Context.add(Clock.Clock, clock), Context.add(ShopTime, { pass }))
  })
)
