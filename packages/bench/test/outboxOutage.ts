/**
 * `npm run outbox-outage`: how long a claim takes while a subscriber refuses everything, on SQLite and on PostgreSQL.
 *
 *     npm run outbox-outage                        40,000 and 400,000 open deliveries
 *     npm run outbox-outage -- --deliveries 40000  one size
 *
 * Ten events per order. The first of each was tried and waits for its next try, so that a claim finds nothing. A claim
 * that has to look at every delivery takes ten times as long on ten times as many.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { type Inbox, OrderStore, Outbox, pageSizeMax } from "@docdata/application"
import { layerPostgres } from "@docdata/sql/postgres"
import { layerSqlite } from "@docdata/sql/sqlite"
import { startPostgres } from "@docdata/testkit/postgres"
import { claimFor, retryLater } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { commitOf, newOrder } from "./storedCommits.ts"

const { values } = parseArgs({ options: { deliveries: { type: "string", multiple: true } } })
const sizes = (values.deliveries ?? ["40000", "400000"]).map(Number)
if (sizes.some((size) => !Number.isSafeInteger(size) || size < 1_000)) {
  console.error("--deliveries takes a whole number from 1,000")
  process.exit(2)
}

const eventsPerOrder = 10
const samples = 100
const subscriber = "webhook"

const numbersBelow = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, number) => number)

const publish = (number: number) =>
  OrderStore.use((orders) =>
    Effect.andThen(
      orders.reserve(newOrder(number)),
      orders.commit({
        ...commitOf(number, 0),
        committedAtMs: number,
        payments: [],
        events: numbersBelow(eventsPerOrder).map((visit) => ({ type: "return.visited", callback: `${visit}` }))
      })
    )
  )

/** Every order's first delivery is tried and refused. */
const refuseAll = Effect.gen(function*() {
  const outbox = yield* Outbox
  for (let round = 0;; round++) {
    const request = {
      subscriber,
      nowMs: 1_000_000,
      leaseUntilMs: 1_001_000,
      limit: pageSizeMax,
      claim: `refused-${round}`
    }
    const claimed = yield* claimFor(outbox, request)
    if (claimed.length === 0) return
    yield* Effect.forEach(
      claimed,
      ({ claim, event }) =>
        retryLater(outbox, { subscriber, claim, eventId: event.id }, 9_000_000 + event.occurredAtMs),
      { concurrency: 8, discard: true }
    )
  }
})

/** Median and 95th percentile of claims that find nothing, in milliseconds. */
const claimTimes = Effect.gen(function*() {
  const outbox = yield* Outbox
  const times: Array<number> = []
  for (let sample = 0; sample < samples; sample++) {
    const startedMs = performance.now()
    yield* claimFor(outbox, { subscriber, nowMs: 1_000_000, leaseUntilMs: 1_001_000, limit: 16, claim: `c-${sample}` })
    times.push(performance.now() - startedMs)
  }
  times.sort((a, b) => a - b)
  return { median: times[samples / 2]!, high: times[Math.floor(samples * 0.95)]! }
})

const measured = (size: number) =>
  Effect.gen(function*() {
    yield* Effect.forEach(numbersBelow(size / eventsPerOrder), publish, { concurrency: 8, discard: true })
    yield* refuseAll
    return yield* claimTimes
  })

const report = async <E>(
  name: string,
  size: number,
  layer: Layer.Layer<OrderStore | Inbox | Outbox, E>
): Promise<void> => {
  const { high, median } = await Effect.runPromise(Effect.provide(measured(size), layer))
  const row = [
    name.padEnd(10),
    size.toString().padStart(9),
    `median ${median.toFixed(2)} ms`,
    `p95 ${high.toFixed(2)} ms`
  ]
  console.log(row.join("  "))
}

for (const size of sizes) {
  const folder = mkdtempSync(join(tmpdir(), "docdata-outage-"))
  await report("SQLite", size, layerSqlite({ file: join(folder, "docdata.sqlite"), durability: "normal" }))
  rmSync(folder, { recursive: true })
}
for (const size of sizes) {
  const server = await startPostgres({ fsync: false })
  if (server === undefined) break
  await report("PostgreSQL", size, layerPostgres({ url: Redacted.make(server.url), connectionsMax: 8 }))
  await server.stop()
}
