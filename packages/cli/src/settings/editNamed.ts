/**
 * One edit of the settings file by a command, and its end.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "@docdata/service/text"
import { type Edit, editSettingsFile } from "./editSettingsFile.ts"
import { openSources, readServicePlan, readSettings, settingsFileKey, settingsPath } from "@docdata/service/settings"
import { settingsFlag } from "./settingsFlag.ts"

export interface SettingsEdit {
  /** The command, for messages: `docdata keys create`. */
  readonly command: string
  readonly edit: Edit
  /** What is told when it is done, followed by the file's name: `key till is in`. */
  readonly done: string
}

/** Says why not. */
export const refuse = (shell: Shell, command: string, line: string): ExitCode => {
  shell.complain(`${command}: ${line}`)
  return exitCodes.badInput
}

/** The path of the file to edit, or a line that says how to name one. */
export const editedPath = ({ values }: Given, { environment }: Shell): Result.Result<string, string> => {
  const path = settingsPath(environment, values.get(settingsFlag.name))
  return path === undefined
    ? Result.fail(`name the settings file with --${settingsFlag.name} FILE or in ${settingsFileKey}`)
    : Result.succeed(path)
}

/**
 * What keeps a running service from taking the file over. Settings that are nowhere do not count: the service may have
 * them in its own environment, which whoever edits the file need not have.
 */
const obstacles = (path: string, { environment }: Shell): ReadonlyArray<string> =>
  Effect.runSync(
    Effect.match(
      Effect.flatMap(
        Effect.fromResult(openSources(environment, path)),
        (sources) => readSettings(sources, readServicePlan)
      ),
      {
        onSuccess: () => [],
        onFailure: ({ found, missing = [] }) => found.filter((line) => !missing.includes(line))
      }
    )
  )

/** Edits it and says so, and whether a running service takes it over. */
export const editNamed = ({ command, done, edit }: SettingsEdit, path: string, shell: Shell): ExitCode => {
  const edited = editSettingsFile(path, edit)
  if (Result.isFailure(edited)) return refuse(shell, command, edited.failure)
  const found = obstacles(path, shell)
  shell.complain(
    `${command}: ${done} ${printable(path)}; ${
      found.length === 0
        ? "a running service takes it over by itself"
        : `written, but a running service will not take it over: ${found.join("; ")}`
    }`
  )
  return found.length === 0 ? exitCodes.done : exitCodes.unfinished
}
