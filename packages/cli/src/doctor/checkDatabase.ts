/**
 * Looks at the database: its version, whether it takes a write, and how long a durable one takes. Migrates nothing.
 */
import { OrderStore, type StoreFailure } from "@docdata/application"
import { type Database, probeWrite, schemaVersion } from "@docdata/sql"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { accessSync, constants } from "node:fs"
import { dirname } from "node:path"
import { isStillToBeMade, layerStores, onDatabase, type StorePlan } from "@docdata/service"
import { isOpenToAll } from "@docdata/service/settings"
import { printable } from "@docdata/service/text"
import { type Check, fail, ok, warn } from "./Check.ts"

const name = "database"

/** Odd, so that the middle one is a measured one. */
const commitCount = 5
/** Every notification waits for a commit; a disk that syncs takes a few milliseconds. */
const slowMs = 100

const newFileCheck = (file: string): Check => {
  try {
    accessSync(dirname(file), constants.W_OK)
    return warn(name, `${printable(file)} is not there yet`, "docdata migrate makes it, and so does docdata serve")
  } catch {
    return fail(
      name,
      `${printable(dirname(file))} is not there or cannot be written`,
      "make the folder, or name another file"
    )
  }
}

const commitMs = Effect.gen(function*() {
  const times: Array<number> = []
  for (let commit = 0; commit < commitCount; commit++) {
    const startedNanos = yield* Clock.currentTimeNanos
    yield* probeWrite
    times.push(Number((yield* Clock.currentTimeNanos) - startedNanos) / 1e6)
  }
  return times.toSorted((a, b) => a - b)[(commitCount - 1) / 2]!
})

const openedChecks: Effect.Effect<ReadonlyArray<Check>, StoreFailure, Database> = Effect.gen(function*() {
  const { newest, present } = yield* schemaVersion
  if (present > newest) {
    return [fail(name, `at version ${present}, newer than the ${newest} of this release`, "use a newer release")]
  }
  if (present === 0) {
    return [warn(name, "there are no tables yet", "docdata migrate makes them, and so does docdata serve")]
  }
  const version = present === newest
    ? ok(name, `at version ${present}, the newest`)
    : warn(
      name,
      `at version ${present}, behind ${newest}`,
      "docdata migrate brings it there, and so does docdata serve"
    )
  const ms = yield* commitMs
  const found = `${ms.toFixed(1)} ms for a commit`
  const speed = ms <= slowMs
    ? ok("durable writes", found)
    : warn("durable writes", found, "use a faster disk: each notification waits for one")
  return [version, speed]
})

const unusable = ({ code, operation }: StoreFailure): Check =>
  operation === "probeWrite"
    ? fail("durable writes", `refused (${code})`, "check rights and space of the disk, or of the database user")
    : fail(name, `cannot be used (${code})`, "check the settings of the database, and whether it runs")

/** A file that an earlier release made, or that was copied. */
const modeChecks = (plan: StorePlan): ReadonlyArray<Check> =>
  plan.kind === "sqlite" && isOpenToAll(plan.options.file)
    ? [
      warn(
        "database file",
        `everybody may read ${printable(plan.options.file)}`,
        "chmod 600 it, and the files with -wal and -shm beside it"
      )
    ]
    : []

/** The checks of the database itself. */
export const checkDatabase = (plan: StorePlan): Effect.Effect<ReadonlyArray<Check>> =>
  plan.kind === "sqlite" && isStillToBeMade(plan)
    ? Effect.succeed([newFileCheck(plan.options.file)])
    : onDatabase(plan, openedChecks).pipe(
      Effect.map((checks) => [...checks, ...modeChecks(plan)]),
      Effect.catch((failure) => Effect.succeed([unusable(failure)]))
    )

/** Enough to find one order that was confirmed among those that were not. */
const ordersInspectedMax = 20

const newestOrder = (merchant: string) =>
  Effect.map(
    OrderStore.use((store) => store.list({ merchants: [merchant] }, { limit: ordersInspectedMax })),
    ({ items }) => items.find(({ registration }) => registration === "confirmed")
  )

/** What the stored orders say of each account's profile: Docdata tells of a wrong one only when an order is made. */
export const checkProfiles = (
  plan: StorePlan,
  accounts: ReadonlyArray<{ readonly name: string; readonly profile: string }>
): Effect.Effect<ReadonlyArray<Check>, StoreFailure> =>
  Effect.provide(
    Effect.forEach(accounts, ({ name: account, profile }) =>
      Effect.map(newestOrder(account), (order) => {
        const title = `profile of ${account}`
        return order === undefined
          ? warn(title, `${profile}: not known`, "make an order: Docdata tells of a wrong profile only then")
          : ok(title, `${profile}; an order was made on ${new Date(order.createdAtMs).toISOString().slice(0, 10)}`)
      })),
    layerStores(plan)
  )
