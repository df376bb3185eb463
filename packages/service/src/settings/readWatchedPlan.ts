/**
 * The plan of the service that follows its settings file.
 */
import * as Effect from "effect/Effect"
import type { OpenPlan } from "../withPorts.ts"
import type { ServePlan } from "../serve.ts"
import { readServicePlan } from "./readServicePlan.ts"
import type { SettingsViolations } from "./SettingsViolations.ts"
import { readSettings } from "./SettingsReader.ts"
import { SettingsWatch } from "./SettingsWatch.ts"
import type { Sources } from "./Sources.ts"

/** The plan of what the sources say, which follows their file if they have one. */
export const readWatchedPlan = (sources: Sources): Effect.Effect<ServePlan & OpenPlan, SettingsViolations> =>
  Effect.map(readSettings(sources, readServicePlan), (plan) => ({
    ...plan,
    ...(sources.origin === undefined ? {} : { watch: new SettingsWatch(sources, sources.origin) })
  }))
