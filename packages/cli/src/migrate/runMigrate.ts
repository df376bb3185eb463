/**
 * The work of `docdata migrate`.
 */
import type { StoreFailure } from "@docdata/application"
import { type Database, migrate, schemaVersion } from "@docdata/sql"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { inMemory, isStillToBeMade, onDatabase, type StorePlan } from "@docdata/service"
import { endWith } from "../settings/endWith.ts"
import { readOwnStores, readSettings } from "@docdata/service/settings"
import { sourcesFor } from "../settings/sourcesFor.ts"
import type { Shell } from "../Shell.ts"
import type { MigrateOutput } from "./MigrateOutput.ts"

type Output = typeof MigrateOutput.Type

const refreshed: Effect.Effect<Output, StoreFailure, Database> = Effect.map(
  schemaVersion,
  ({ newest, present }) => ({ from: present, to: present, newest })
)

const migrated: Effect.Effect<Output, StoreFailure, Database> = Effect.gen(function*() {
  const { newest, present } = yield* schemaVersion
  return { from: present, to: yield* migrate(), newest }
})

/** A check makes no file where there is none, and writes nothing into one. */
const check = (plan: StorePlan): Effect.Effect<Output, StoreFailure> => {
  if (isStillToBeMade(plan)) return onDatabase(inMemory, refreshed)
  return onDatabase(
    plan.kind === "sqlite" ? { ...plan, options: { ...plan.options, readOnly: true } } : plan,
    refreshed
  )
}

const sentence = ({ from, newest, to }: Output): string => {
  if (from > newest) return `at version ${from}, newer than the ${newest} that this release knows: use a newer release`
  if (from < to) return `from version ${from} to ${to}`
  return to < newest ? `at version ${to}, behind ${newest}: run docdata migrate` : `at version ${to}, the newest`
}

export const runMigrate = (given: Given, shell: Shell): Promise<ExitCode> =>
  endWith(
    "docdata migrate",
    shell,
    Effect.gen(function*() {
      const stores = yield* readSettings(yield* sourcesFor(given, shell), readOwnStores)
      const output = yield* given.switches.has("check") ? check(stores) : onDatabase(stores, migrated)
      const text = given.switches.has("json") ? JSON.stringify(output) : `database ${sentence(output)}`
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return output.to === output.newest ? exitCodes.done : exitCodes.unfinished
    })
  )
