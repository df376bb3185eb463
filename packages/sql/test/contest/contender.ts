/**
 * One of two processes that change one order at the same time: `contender.ts ENGINE PLACE NAME WINS`.
 *
 * Looks, decides and stores until it has won so many times, and says which revisions it won.
 */
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import { changeOf, newOrder } from "../crash/orders.ts"
import { layerOf, type Place } from "../crash/place.ts"

const [engine, at, name, wins] = process.argv.slice(2)
const place: Place = { engine: engine === "postgres" ? "postgres" : "sqlite", at: at! }

const contend = Effect.gen(function*() {
  const store = yield* OrderStore
  const won: Array<number> = []
  let lost = 0
  while (won.length < Number(wins)) {
    const snapshot = yield* store.read({ by: "id", id: newOrder(0).id })
    const change = changeOf(snapshot, won.length)
    const events = [{ type: "return.visited", callback: name! }, ...change.events] as const
    const committed = yield* Effect.catchTag(
      store.commit({ ...change, events }),
      "Outdated",
      () => Effect.succeed(undefined)
    )
    if (committed === undefined) lost++
    else won.push(committed.revision)
    // The other one has its turn, if it waits for the lock.
    yield* Effect.yieldNow
  }
  return { name, won, lost }
})

// Starts when told, so that both start at once.
await new Promise((resolve) => process.stdin.once("data", resolve))
process.stdin.destroy()
process.stdout.write(JSON.stringify(await Effect.runPromise(Effect.provide(contend, layerOf(place)))))
