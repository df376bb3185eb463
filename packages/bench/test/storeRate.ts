/**
 * `npm run store-rate`: commits per second through the stores beside the bare drivers, on the same tables in the same
 * minute, round by round: SQLite with `synchronous = FULL`, PostgreSQL with `fsync = on` on 1 and on 16 connections.
 *
 * Figures for a person to look at; nothing is asserted. The goal is a share of 0.6.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { OrderStore } from "@docdata/application"
import { layerPostgres } from "@docdata/sql/postgres"
import { layerSqlite } from "@docdata/sql/sqlite"
import { startPostgres } from "@docdata/testkit/postgres"
import * as PgPool from "@effect/sql-pg/PgPool"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import { barePostgres, bareSqlite } from "./bareCommits.ts"
import { commitOf, newOrder } from "./storedCommits.ts"

const orderCount = 200
const rounds = 5
const commitsPerRound = 1_000

const numbers = Array.from({ length: orderCount }, (_, number) => number)

const perSecond = async (work: () => Promise<unknown>): Promise<number> => {
  const startedMs = performance.now()
  await work()
  return commitsPerRound * 1_000 / (performance.now() - startedMs)
}

const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

interface Sides {
  readonly name: string
  /** Writes a change to every order at this revision. */
  readonly stores: (revision: number) => Promise<unknown>
  readonly bare: (revision: number) => Promise<unknown>
}

const compare = async ({ bare, name, stores }: Sides): Promise<void> => {
  const [ours, ceiling]: [Array<number>, Array<number>] = [[], []]
  let revision = 0
  const several = async (write: (revision: number) => Promise<unknown>): Promise<void> => {
    for (let done = 0; done < commitsPerRound; done += orderCount) await write(revision++)
  }
  // The first of each prepares statements and warms the code up.
  await several(stores)
  await several(bare)
  for (let round = 0; round < rounds; round++) {
    ours.push(await perSecond(() => several(stores)))
    ceiling.push(await perSecond(() => several(bare)))
  }
  const [rate, most] = [median(ours), median(ceiling)]
  console.log(
    `${name}: ${rate.toFixed(0)} commits/s, bare driver ${most.toFixed(0)}/s, share ${(rate / most).toFixed(2)}`
  )
}

const reserveAll = OrderStore.use((store) => Effect.forEach(numbers, (number) => store.reserve(newOrder(number))))

const commitAll = (revision: number, concurrency: number) =>
  OrderStore.use((store) =>
    Effect.forEach(numbers, (number) => store.commit(commitOf(number, revision)), { concurrency, discard: true })
  )

const onSqlite = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "docdata-rate-"))
  const file = join(folder, "docdata.sqlite")
  const runtime = ManagedRuntime.make(layerSqlite({ file }))
  await runtime.runPromise(reserveAll)
  const bare = bareSqlite(file)
  await compare({
    name: "SQLite, synchronous = FULL",
    stores: (revision) => runtime.runPromise(commitAll(revision, 1)),
    bare: async (revision) => {
      for (const number of numbers) bare.commit(newOrder(number).id, revision)
    }
  })
  bare.close()
  await runtime.dispose()
  rmSync(folder, { recursive: true })
}

const onPostgres = async (connections: number): Promise<void> => {
  const server = await startPostgres({ fsync: true })
  if (server === undefined) return
  const url = Redacted.make(server.url)
  const runtime = ManagedRuntime.make(layerPostgres({ url, connectionsMax: connections }))
  await runtime.runPromise(reserveAll)
  await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
    const pool = yield* PgPool.make({ url, maxConnections: connections })
    const bareAll = (revision: number) =>
      Effect.forEach(numbers, (number) => pool.use((session) => barePostgres(session, newOrder(number).id, revision)), {
        concurrency: connections,
        discard: true
      })
    yield* Effect.promise(() =>
      compare({
        name: `PostgreSQL, fsync = on, connections: ${connections}`,
        stores: (revision) => runtime.runPromise(commitAll(revision, connections)),
        bare: (revision) => Effect.runPromise(bareAll(revision))
      })
    )
  })))
  await runtime.dispose()
  await server.stop()
}

await onSqlite()
await onPostgres(1)
await onPostgres(16)
