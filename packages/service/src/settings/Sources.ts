/**
 * Where settings come from: the environment, and one file. What the environment says wins.
 */
import * as ConfigProvider from "effect/ConfigProvider"
import * as Result from "effect/Result"
import { type BigIntStats, closeSync, openSync, readSync, statSync } from "node:fs"
import { problemLine } from "../input/InputViolation.ts"
import { readProblem } from "../input/readProblem.ts"
import { printable } from "../text/printable.ts"
import { renamedVariables } from "./renamedSettings.ts"
import { type JsonObject, parseSettingsFile, readSettingsObject, type SettingsFile } from "./SettingsFile.ts"
import { SettingsViolations } from "./SettingsViolations.ts"

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The variable that names the file. */
export const settingsFileKey = "DOCDATA_SETTINGS_FILE"

/** Hundreds of accounts are some hundred kilobytes. */
const fileBytesMax = 1024 * 1024

export interface Sources {
  readonly environment: Environment
  /** Absent if no file is named. */
  readonly file?: SettingsFile
  readonly origin?: FileOrigin
  /** True for options of a program, which has no environment: messages name settings as the options do. */
  readonly isOptions?: true
  /** Names in the environment that are no longer the ones to use: a line each. */
  readonly hints?: ReadonlyArray<string>
}

/** Where the file was read, and which one it was: whatever replaces it or is written into it has another stamp. */
export interface FileOrigin {
  readonly path: string
  readonly stamp: string
}

/** Options of a program in place of a file and the environment. */
export const optionsSources = (options: JsonObject): Sources => ({
  environment: {},
  file: readSettingsObject("options", options),
  isOptions: true
})

const stampOf = ({ ino, mtimeNs, size }: BigIntStats): string => `${ino} ${mtimeNs} ${size}`

/** The stamp of the file that is there now; nothing if none can be seen. */
export const currentStamp = (path: string): string | undefined => {
  try {
    return stampOf(statSync(path, { bigint: true }))
  } catch {
    return undefined
  }
}

/** The path of the settings file: what was typed after `--settings`, or what the environment names. */
export const settingsPath = (environment: Environment, typed: string | undefined): string | undefined =>
  typed ?? (environment[settingsFileKey] || undefined)

/** True if everybody on the machine may read the file, which holds passwords. */
export const isOpenToAll = (path: string): boolean => (statSync(path).mode & 0o004) !== 0

/** The text of a file, or nothing if it is too large. Pipes and devices tell their size only while they are read. */
export const readBounded = (path: string): string | undefined => {
  const bytes = Buffer.alloc(fileBytesMax + 1)
  const file = openSync(path, "r")
  try {
    let length = 0
    let count: number
    do {
      count = readSync(file, bytes, length, bytes.length - length, null)
      length += count
    } while (count > 0)
    return length > fileBytesMax ? undefined : bytes.toString("utf8", 0, length)
  } finally {
    closeSync(file)
  }
}

/** Both sources. Why the file cannot be read is a mistake; what is wrong in it stands in its `problems`. */
export const openSources = (
  variables: Environment,
  path: string | undefined
): Result.Result<Sources, SettingsViolations> => {
  const { fields: environment, hints } = renamedVariables(variables)
  if (path === undefined) return Result.succeed({ environment, hints })
  const source = printable(path)
  const refused = (line: string) => Result.fail(new SettingsViolations({ found: [line] }))
  try {
    // Before reading: a change in between then counts as one.
    const stats = statSync(path, { bigint: true })
    const text = readBounded(path)
    if (text === undefined) return refused(`${source}: it is larger than the ${fileBytesMax} bytes allowed`)
    return Result.mapBoth(parseSettingsFile(source, text), {
      onSuccess: (file) => ({ environment, hints, file, origin: { path, stamp: stampOf(stats) } }),
      onFailure: (line) => new SettingsViolations({ found: [line] })
    })
  } catch (error) {
    return refused(problemLine(readProblem(source, error)))
  }
}

/** True if the environment has a word on it. An empty variable counts as none. */
export const isInEnvironment = ({ environment }: Sources, key: string): boolean => (environment[key] ?? "") !== ""

/** Both sources for `effect/Config`. */
export const providerOf = ({ environment, file }: Sources): ConfigProvider.ConfigProvider => {
  const first = ConfigProvider.fromEnvRecord(environment)
  return file === undefined ? first : ConfigProvider.orElse(first, ConfigProvider.fromEnvRecord(file.values))
}
