/**
 * Fills the rate limits with keys as a flood of long addresses makes them, and writes how many bytes that holds.
 */
import * as Effect from "effect/Effect"
import { notificationsPerOrder, RateLimits } from "../../src/access/RateLimits.ts"

const heldBytes = (): number => {
  globalThis.gc!()
  return process.memoryUsage().heapUsed
}

await Effect.runPromise(
  Effect.gen(function*() {
    const limits = yield* RateLimits
    const before = heldBytes()
    for (let count = 0; count < 100_000; count++) {
      const address = `/docdata/notifications?order_id=${count}-${"x".repeat(200)}&${"y".repeat(1_000)}`
      yield* limits.take(notificationsPerOrder, JSON.stringify(["shop", address.slice(32, 240)]))
    }
    const held = heldBytes() - before
    process.stdout.write(String(held))
    // The buckets have to be there while they are measured.
    yield* limits.take(notificationsPerOrder, "last")
  }).pipe(Effect.provide(RateLimits.layer))
)
