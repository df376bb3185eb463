/**
 * A service in a process of its own: answers `/memory` with its resident bytes and everything else with a large text.
 */
import * as Effect from "effect/Effect"
import { guard, type Handler } from "../../src/serve/guard.ts"
import { listen } from "../../src/serve/listen.ts"

/** As large as the page at `/docs`. */
const page = "x".repeat(256 * 1024)

const handler: Handler = ({ url }) =>
  Promise.resolve(new Response(url.endsWith("/memory") ? String(process.memoryUsage.rss()) : page))

await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
  process.stdout.write(yield* listen(guard(handler), { port: 0 }))
  yield* Effect.never
})))
