/**
 * The work of `docdata retention run`.
 */
import { countPurgeable, purge, type Purged } from "@docdata/sql"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { wholeNumber } from "../input/wholeNumber.ts"
import { onDatabase } from "@docdata/service"
import { endWith } from "../settings/endWith.ts"
import { readPresentStores, readSettings, serviceSettings, SettingsViolations } from "@docdata/service/settings"
import { sourcesFor } from "../settings/sourcesFor.ts"
import type { Shell } from "../Shell.ts"
import type { RetentionOutput } from "./RetentionOutput.ts"

const dayMs = 86_400_000
/** As much as the setting takes. */
const daysMax = 3_650

const refused = (sentence: string) => Effect.fail(new SettingsViolations({ found: [sentence] }))

const daysOf = ({ values }: Given, setting: number): Effect.Effect<number, SettingsViolations> => {
  const typed = values.get("older-than")
  if (typed === undefined) {
    return setting > 0
      ? Effect.succeed(setting)
      : refused(`say --older-than DAYS, or set ${serviceSettings.retentionDays.key}`)
  }
  const days = wholeNumber(typed, daysMax) ?? 0
  return days > 0 ? Effect.succeed(days) : refused(`--older-than is days from 1 to ${daysMax}`)
}

export const runRetention = (given: Given, shell: Shell): Promise<ExitCode> =>
  endWith(
    "docdata retention run",
    shell,
    Effect.gen(function*() {
      const dryRun = given.switches.has("dry-run")
      const { setting, stores } = yield* readSettings(
        yield* sourcesFor(given, shell),
        (reader) =>
          Effect.all({ stores: readPresentStores(reader), setting: reader.read(serviceSettings.retentionDays) })
      )
      const days = yield* daysOf(given, setting)
      const beforeMs = shell.nowMs() - days * dayMs
      const onStep = ({ attempts, texts }: Purged): void =>
        shell.progress?.(`${texts} texts emptied, ${attempts} attempts removed`)
      const { attempts, texts } = yield* onDatabase(stores, dryRun ? countPurgeable(beforeMs) : purge(beforeMs, onStep))
      shell.progress?.("")
      const output: typeof RetentionOutput.Type = { before: new Date(beforeMs).toISOString(), texts, attempts, dryRun }
      const would = (done: string): string => `${dryRun ? "would be" : "were"} ${done}`
      const text = given.switches.has("json")
        ? JSON.stringify(output)
        : `${texts} texts from before ${output.before} ${would("emptied")}, ${attempts} attempts ${would("removed")}`
      yield* Effect.promise(() => shell.write(`${text}\n`))
      return exitCodes.done
    })
  )
