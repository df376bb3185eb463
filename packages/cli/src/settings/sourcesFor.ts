/**
 * The sources of settings that a command was called with.
 */
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "@docdata/service/text"
import { settingsFlag } from "./settingsFlag.ts"
import {
  isOpenToAll,
  openSources,
  settingsPath,
  type SettingsViolations,
  type Sources
} from "@docdata/service/settings"

/** Opens them, and warns of names that were given up and of a file that everybody may read. */
export const sourcesFor = (
  { values }: Pick<Given, "values">,
  shell: Pick<Shell, "environment" | "complain">
): Effect.Effect<Sources, SettingsViolations> => {
  const path = settingsPath(shell.environment, values.get(settingsFlag.name))
  return Effect.tap(Effect.fromResult(openSources(shell.environment, path)), ({ file, hints }) =>
    Effect.sync(() => {
      for (const hint of [...hints ?? [], ...file?.hints ?? []]) shell.complain(`docdata: ${hint}`)
      if (path === undefined || !isOpenToAll(path)) return
      shell.complain(`docdata: everybody may read ${printable(path)}, which holds secrets: chmod 600 it`)
    }))
}
