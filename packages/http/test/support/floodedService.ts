/**
 * A service in a process of its own: answers `/memory` with the bytes it holds and everything else with a large text.
 * Garbage is collected first, because how much of it lies about depends on the machine and bounds nothing.
 */
import * as Effect from "effect/Effect"
import { guard, type Handler } from "../../src/serve/guard.ts"
import { listen } from "../../src/serve/listen.ts"

/** As large as the page at `/docs`. */
const page = "x".repeat(256 * 1024)

const heldBytes = (): number => {
  globalThis.gc!()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const handler: Handler = ({ url }) =>
  Promise.resolve(new Response(url.endsWith("/memory") ? String(heldBytes()) : page))

await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  process.stdout.write(yield* listen(guard(handler), { port: 0 }))
  yield* Effect.never
})))
