/**
 * How a command ends that reads settings and works on the database.
 */
import type { StoreFailure } from "@docdata/application"
import * as Effect from "effect/Effect"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import type { SettingsViolations } from "./SettingsViolations.ts"

/** With the code of the work; with 2 and a line for each mistake in the settings; with 1 if the database failed. */
export const endWith = (
  command: string,
  shell: Shell,
  work: Effect.Effect<ExitCode, SettingsViolations | StoreFailure>
): Promise<ExitCode> => {
  const reported = (lines: ReadonlyArray<string>, code: ExitCode): ExitCode => {
    shell.progress?.("")
    for (const line of lines) shell.complain(`${command}: ${line}`)
    return code
  }
  return Effect.runPromise(
    Effect.match(work, {
      onSuccess: (code) => code,
      onFailure: (failure) =>
        failure._tag === "SettingsViolations"
          ? reported(failure.found, exitCodes.badInput)
          : reported([failure.message], exitCodes.unfinished)
    })
  )
}
