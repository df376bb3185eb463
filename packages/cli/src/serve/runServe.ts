/**
 * The work of `docdata serve`: the service until it is told to end.
 */
import { hashApiKey, makeApiKey, makeWebhookMasterKey, makeWebhookSecret } from "@docdata/http"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import { serve, type ServePlan } from "@docdata/service"
import { exportTelemetry } from "../observability/exportTelemetry.ts"
import { toStandardError } from "../observability/toStandardError.ts"
import type { Shell } from "../Shell.ts"
import { table } from "../text/table.ts"
import { readLogLevel, readSettings, readWatchedPlan } from "@docdata/service/settings"
import { sourcesFor } from "../settings/sourcesFor.ts"

const newKey = async (shell: Shell): Promise<ExitCode> => {
  const key = makeApiKey()
  const lines = table([
    ["API key, for the shop", Redacted.value(key)],
    ["its hash, for DOCDATA_API_KEYS", `shop:${hashApiKey(key)}`],
    ["webhook secret, for both", Redacted.value(makeWebhookSecret())],
    ["DOCDATA_WEBHOOK_MASTER_KEY", Redacted.value(makeWebhookMasterKey())]
  ])
  await shell.write(`${lines.join("\n")}\n`)
  return exitCodes.done
}

const addresses = (origin: string, { accounts, publicOrigin = origin }: ServePlan): ReadonlyArray<string> => [
  ...table([
    ["service", origin],
    ...accounts.map(({ name }) => [
      `update URL of ${name}`,
      `${publicOrigin}/docdata/notifications?merchant=${name}&order_id=`
    ]),
    ["REST API", `${publicOrigin}/v1/orders`],
    ["reference page", `${publicOrigin}/docs`]
  ]),
  "Ctrl-C ends it."
]

const served = Effect.fnUntraced(function*(plan: ServePlan, shell: Shell, interrupted: Promise<void>) {
  const { origin, untilReplaced } = yield* serve(plan)
  yield* Effect.promise(() => shell.write(`${addresses(origin, plan).join("\n")}\n`))
  // Whoever replaced the file wants the service on the new one, which a process manager starts.
  yield* Effect.raceFirst(Effect.promise(() => interrupted), untilReplaced)
})

const run = Effect.fnUntraced(function*(given: Given, shell: Shell, interrupted: Promise<void>) {
  const sources = yield* sourcesFor(given, shell)
  const plan = yield* readWatchedPlan(sources)
  const logLevel = yield* readSettings(sources, readLogLevel)
  const telemetry = Layer.provideMerge(exportTelemetry(sources.environment), toStandardError(shell, logLevel))
  // The service ends within the telemetry, so that its end is logged as well.
  yield* Effect.provide(Effect.scoped(served(plan, shell, interrupted)), telemetry)
})

/** Serves until a signal comes, finishes what is in hand, and resolves with the exit code. */
export const runServe = async (given: Given, shell: Shell): Promise<ExitCode> => {
  if (given.switches.has("new-key")) return newKey(shell)
  if (given.switches.has("settings-help")) {
    const { settingsHelp } = await import("@docdata/service/settings")
    await shell.write(settingsHelp())
    return exitCodes.done
  }
  if (given.switches.has("trial")) {
    const { runTrial } = await import("./runTrial.ts")
    return runTrial(shell)
  }
  const refuse = (lines: ReadonlyArray<string>, exit: ExitCode): ExitCode => {
    for (const line of lines) shell.complain(`docdata serve: ${line}`)
    return exit
  }
  // Before the addresses are told: whoever reads them may send a signal at once.
  const interrupted = shell.interrupted()
  return Effect.runPromise(
    run(given, shell, interrupted).pipe(
      Effect.match({
        onSuccess: () => exitCodes.done,
        onFailure: (failure) =>
          failure._tag === "StoreFailure"
            ? refuse([failure.message], exitCodes.unfinished)
            : refuse("found" in failure ? failure.found : [failure.message], exitCodes.badInput)
      })
    )
  )
}
