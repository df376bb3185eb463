/**
 * Runs the work of a command in the application that the settings describe, and turns what it fails with into a line
 * and an exit code.
 */
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import {
  type Application,
  type ApplicationPlan,
  layerApplication,
  layerStored,
  type OpenFailure,
  type Stored,
  type StoredPlan
} from "../service/layerApplication.ts"
import { readApplicationPlan, readStoredPlan } from "../service/readApplicationPlan.ts"
import { toStandardError } from "../observability/toStandardError.ts"
import type { Shell } from "../Shell.ts"
import { readSettings, type SettingsReader } from "@docdata/service/settings"
import { sourcesFor } from "../settings/sourcesFor.ts"
import { exitOf, type OrderFailure } from "./exitOf.ts"

/** Who runs: the command, `docdata orders list`, what was typed after it, and its view of the world. */
export interface Runner {
  readonly path: string
  readonly given: Given
  readonly shell: Shell
}

/** Work of a command, given the settings; it resolves with the exit code. */
type Work<Plan, Services> = (plan: Plan) => Effect.Effect<ExitCode, OrderFailure, Services>

const exitOfOpening = (failure: OpenFailure): ExitCode =>
  failure._tag === "StoreFailure" ? exitCodes.unfinished : exitCodes.badInput

interface Parts<Plan, Services> {
  readonly read: (reader: SettingsReader) => Effect.Effect<Plan>
  readonly layerOf: (plan: Plan) => Layer.Layer<Services, OpenFailure>
  readonly work: Work<Plan, Services>
}

const run = <Plan, Services>(
  { given, path, shell }: Runner,
  { layerOf, read, work }: Parts<Plan, Services>
): Promise<ExitCode> => {
  const refuse = (exit: ExitCode, lines: ReadonlyArray<string>): ExitCode => {
    for (const line of lines) shell.complain(`${path}: ${line}`)
    return exit
  }
  const inside = (plan: Plan) =>
    // A failure of the work is told here, so that what is left can only come from opening.
    work(plan).pipe(
      Effect.catch((failure) => Effect.succeed(refuse(exitOf(failure), [failure.message]))),
      Effect.provide(layerOf(plan)),
      Effect.catch((failure: OpenFailure) => Effect.succeed(refuse(exitOfOpening(failure), [failure.message])))
    )
  return Effect.runPromise(
    sourcesFor(given, shell).pipe(
      Effect.flatMap((sources) => readSettings(sources, read)),
      Effect.matchEffect({
        onFailure: ({ found }) => Effect.succeed(refuse(exitCodes.badInput, found)),
        onSuccess: inside
      }),
      Effect.provide(toStandardError(shell))
    )
  )
}

/** For work that reads what is stored. */
export const runOnStored = (runner: Runner, work: Work<StoredPlan, Stored>): Promise<ExitCode> =>
  run(runner, { read: readStoredPlan, layerOf: layerStored, work })

/** For work that asks Docdata. */
export const runOnOrders = (runner: Runner, work: Work<ApplicationPlan, Application>): Promise<ExitCode> =>
  run(runner, { read: readApplicationPlan, layerOf: layerApplication, work })
