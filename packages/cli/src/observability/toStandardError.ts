/**
 * Logs of the service: one JSON object per line on standard error, so that standard output stays data.
 */
import * as Layer from "effect/Layer"
import type * as LogLevel from "effect/LogLevel"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import type { Shell } from "../Shell.ts"
import { logLine } from "./logLine.ts"

/** From warnings on, or from `level` on. */
export const toStandardError = (shell: Shell, level: LogLevel.Severity = "Warn"): Layer.Layer<never> =>
  Layer.merge(
    Logger.layer([Logger.map(logLine, (line) => shell.complain(line))]),
    Layer.succeed(References.MinimumLogLevel, level)
  )
