/**
 * `npm run store-million`: stores orders one after the other and lists them, on SQLite and on PostgreSQL.
 *
 *     npm run store-million                      1,000,000 orders
 *     npm run store-million -- --orders 50000    fewer
 *
 * Prints the process's memory on the way, which should stay flat, and how long lists and searches take on the full
 * tables: median and 95th percentile of 200 each. Nothing waits for the disk here: what is measured is size.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { Inbox, OrderStore, Outbox, type StoreFailure } from "@docdata/application"
import { layerPostgres } from "@docdata/sql/postgres"
import { layerSqlite } from "@docdata/sql/sqlite"
import { startPostgres } from "@docdata/testkit/postgres"
import { claimFor } from "@docdata/testkit"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { newOrder } from "./storedCommits.ts"

const { values } = parseArgs({ options: { orders: { type: "string", default: "1000000" } } })
const orderCount = Number(values.orders)
if (!Number.isSafeInteger(orderCount) || orderCount < 1_000) {
  console.error("--orders takes a whole number from 1,000")
  process.exit(2)
}

const samples = 200

// Spread over all orders, the same in every run.
const spread = (sample: number): number => sample * 7_919 % orderCount

/** What the process holds, and what of it is alive after a collection. */
const megabytes = (): string => {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  return `${(rss / 1_048_576).toFixed(0)} MB, heap ${(heapUsed / 1_048_576).toFixed(1)} MB`
}

const store = (number: number) =>
  OrderStore.use((orders) =>
    Effect.andThen(
      orders.reserve(newOrder(number)),
      orders.confirm({
        orderId: newOrder(number).id,
        key: `KEY${number}`,
        confirmedAtMs: newOrder(number).createdAtMs,
        subscribers: [],
        nextRefreshAtMs: number % 50 === 0 ? newOrder(number).createdAtMs : undefined
      })
    )
  )

const fill = Effect.gen(function*() {
  const tenth = Math.floor(orderCount / 10)
  for (let first = 0; first < orderCount; first += tenth) {
    const numbers = Array.from({ length: Math.min(tenth, orderCount - first) }, (_, index) => first + index)
    yield* Effect.forEach(numbers, store, { concurrency: 8, discard: true })
    console.log(`  ${first + numbers.length} orders, memory ${megabytes()}`)
  }
})

const timed = <A, R>(name: string, question: (sample: number) => Effect.Effect<A, StoreFailure, R>) =>
  Effect.gen(function*() {
    const times: Array<number> = []
    for (let sample = 0; sample < samples; sample++) {
      const startedMs = performance.now()
      yield* question(sample)
      times.push(performance.now() - startedMs)
    }
    times.sort((a, b) => a - b)
    const [half, high] = [times[samples / 2]!, times[Math.floor(samples * 0.95)]!]
    console.log(`  ${name.padEnd(44)} median ${half.toFixed(2)} ms, p95 ${high.toFixed(2)} ms`)
  })

const ask = Effect.gen(function*() {
  const orders = yield* OrderStore
  const outbox = yield* Outbox
  const inbox = yield* Inbox
  const page = (sample: number) => ({
    limit: 50,
    after: { createdAtMs: newOrder(spread(sample)).createdAtMs, id: "p" }
  })
  yield* timed("list of all, some page", (sample) => orders.list({}, page(sample)))
  yield* timed("list of one merchant, some page", (sample) => orders.list({ merchants: ["shop-1"] }, page(sample)))
  yield* timed(
    "list of two merchants in two statuses",
    (sample) => orders.list({ merchants: ["shop-1", "shop-2"], statuses: ["new", "paid"] }, page(sample))
  )
  yield* timed("list of a status that no order has", () => orders.list({ statuses: ["refunded"] }, { limit: 50 }))
  yield* timed(
    "search by shop reference",
    (sample) => orders.list({ shopReference: `S${spread(sample)}` }, { limit: 50 })
  )
  yield* timed(
    "read by reference",
    (sample) =>
      Effect.orDie(
        orders.read({
          by: "order-reference",
          merchant: newOrder(spread(sample)).merchant,
          orderReference: `R${spread(sample)}`
        })
      )
  )
  yield* timed(
    "due",
    (sample) => orders.due({ merchant: "shop-1", nowMs: newOrder(spread(sample)).createdAtMs, limit: 50 })
  )
  yield* timed(
    "claim of an empty outbox",
    () => claimFor(outbox, { subscriber: "webhook", nowMs: 0, leaseUntilMs: 1, limit: 50, claim: "c" })
  )
  yield* timed(
    "claim of an empty inbox",
    () => inbox.claim({ merchant: "shop-1", nowMs: 0, leaseUntilMs: 1, limit: 50, claim: "c" })
  )
})

const run = async <E>(name: string, layer: Layer.Layer<OrderStore | Inbox | Outbox, E>): Promise<void> => {
  console.log(`${name}: memory ${megabytes()}`)
  await Effect.runPromise(Effect.provide(Effect.andThen(fill, ask), layer))
}

const folder = mkdtempSync(join(tmpdir(), "docdata-million-"))
await run("SQLite", layerSqlite({ file: join(folder, "docdata.sqlite"), durability: "normal" }))
rmSync(folder, { recursive: true })
const server = await startPostgres({ fsync: false })
if (server !== undefined) {
  await run("PostgreSQL", layerPostgres({ url: Redacted.make(server.url), connectionsMax: 8 }))
  await server.stop()
}
