/**
 * The work of `docdata backup`: a consistent copy, read again before it counts as one.
 */
import type { StoreFailure } from "@docdata/application"
import { isStillToBeMade, onDatabase } from "@docdata/service"
import { readSettings, readStores } from "@docdata/service/settings"
import { printable } from "@docdata/service/text"
import { copyInto, inspectCopy } from "@docdata/sql/sqlite"
import * as Effect from "effect/Effect"
import { closeSync, openSync, rmSync, statSync } from "node:fs"
import { dirname } from "node:path"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { syncToDisk } from "../files/syncToDisk.ts"
import { systemCode } from "../files/systemCode.ts"
import { endWith } from "../settings/endWith.ts"
import { sourcesFor } from "../settings/sourcesFor.ts"
import type { Shell } from "../Shell.ts"
import type { BackupOutput } from "./BackupOutput.ts"

const command = "docdata backup"

/** Orders hold names and addresses. */
const ownerMode = 0o600

/** Makes the empty file, so that nothing is ever overwritten and nobody else may read it; else a line why not. */
const reserve = (file: string): string | undefined => {
  try {
    closeSync(openSync(file, "wx", ownerMode))
    return undefined
  } catch (error) {
    return systemCode(error) === "EEXIST"
      ? `${printable(file)} is there already: name a new file`
      : `${printable(file)} cannot be written (${systemCode(error)})`
  }
}

/** What the copy holds; nothing of a database that is damaged, whose copy is worth nothing. */
const copied = (source: string, file: string): Effect.Effect<typeof BackupOutput.Type | undefined, StoreFailure> =>
  Effect.gen(function*() {
    const only = (path: string) => ({ kind: "sqlite" as const, options: { file: path, readOnly: true } })
    yield* onDatabase(only(source), copyInto(file))
    const { orders, sound, version } = yield* onDatabase(only(file), inspectCopy)
    if (!sound) {
      rmSync(file, { force: true })
      return undefined
    }
    syncToDisk(file)
    syncToDisk(dirname(file))
    return { file, bytes: statSync(file).size, version, orders }
  }).pipe(Effect.onError(() => Effect.sync(() => rmSync(file, { force: true }))))

export const runBackup = (given: Given, shell: Shell): Promise<ExitCode> =>
  endWith(
    command,
    shell,
    Effect.gen(function*() {
      const [file = ""] = given.operands
      const refuse = (line: string): ExitCode => {
        shell.complain(`${command}: ${line}`)
        return exitCodes.badInput
      }
      const stores = yield* readSettings(yield* sourcesFor(given, shell), readStores)
      if (stores.kind === "postgres") return refuse("the database is PostgreSQL: pg_dump copies it")
      const source = stores.options.file
      if (isStillToBeMade(stores)) return refuse(`there is no database at ${printable(source)}`)
      const obstacle = reserve(file)
      if (obstacle !== undefined) return refuse(obstacle)
      shell.progress?.(`copying ${printable(source)}`)
      const output = yield* copied(source, file)
      shell.progress?.("")
      if (output === undefined) {
        shell.complain(`${command}: ${printable(source)} is damaged: no copy is kept; go back to the last sound one`)
        return exitCodes.unfinished
      }
      const { bytes, orders, version } = output
      const text = given.switches.has("json")
        ? JSON.stringify(output)
        : `${printable(file)}: ${orders} ${
          orders === 1 ? "order" : "orders"
        }, ${bytes} bytes, version ${version}, sound`
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitCodes.done
    })
  )
