/**
 * One edit of the settings file by a command, and its end.
 */
import * as Result from "effect/Result"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { Shell } from "../Shell.ts"
import { printable } from "../text/printable.ts"
import { type Edit, editSettingsFile } from "./editSettingsFile.ts"
import { settingsFlag } from "./settingsFlag.ts"
import { settingsFileKey, settingsPath } from "./Sources.ts"

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

/** Edits it and says so. */
export const editNamed = ({ command, done, edit }: SettingsEdit, path: string, shell: Shell): ExitCode => {
  const edited = editSettingsFile(path, edit)
  if (Result.isFailure(edited)) return refuse(shell, command, edited.failure)
  shell.complain(`${command}: ${done} ${printable(path)}; a running service takes it over by itself`)
  return exitCodes.done
}
