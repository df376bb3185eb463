/**
 * The work of `docdata doctor`: looks at everything the service needs, and changes nothing.
 */
import type { Environment } from "@docdata/application"
import { defaultEndpoints, SoapGateway } from "@docdata/soap/gateway"
import * as Effect from "effect/Effect"
import type { Given } from "../Command.ts"
import { type ExitCode, exitCodes } from "../ExitCode.ts"
import type { ServicePlan } from "../service/startService.ts"
import { readLogLevel, readServicePlan } from "../settings/readServicePlan.ts"
import { readSettings } from "../settings/SettingsReader.ts"
import { sourcesFor } from "../settings/sourcesFor.ts"
import type { Shell } from "../Shell.ts"
import { type Colour, makePaint } from "../text/Paint.ts"
import { printable } from "../text/printable.ts"
import { beside } from "../text/wrap.ts"
import { type Check, fail, ok, warn } from "./Check.ts"
import { checkAddresses } from "./checkAddresses.ts"
import { checkClock } from "./checkClock.ts"
import { checkDatabase, checkProfiles } from "./checkDatabase.ts"
import { checkDocdata } from "./checkDocdata.ts"

const colours: Readonly<Record<Check["level"], Colour>> = { ok: "green", warn: "yellow", fail: "red" }

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`

const environmentsOf = ({ accounts }: ServicePlan): ReadonlyArray<Environment> => [
  ...new Set(accounts.map(({ credentials }) => credentials.environment))
]

const docdataChecks = (plan: ServicePlan, nowMs: () => number): Effect.Effect<ReadonlyArray<Check>> =>
  Effect.gen(function*() {
    const clocks = yield* Effect.forEach(
      environmentsOf(plan),
      (environment) =>
        checkClock({ environment, url: plan.endpoints?.[environment] ?? defaultEndpoints[environment], nowMs }),
      { concurrency: "unbounded" }
    )
    return [...clocks, ...yield* checkDocdata(plan.accounts)]
  }).pipe(
    Effect.provide(SoapGateway.layer({ endpoints: plan.endpoints ?? {}, limits: plan.limits ?? {} })),
    Effect.catch((refused) =>
      Effect.succeed([fail("addresses of Docdata", refused.message, "correct them, or leave them out")])
    )
  )

const databaseChecks = (plan: ServicePlan): Effect.Effect<ReadonlyArray<Check>> =>
  Effect.gen(function*() {
    const checks = yield* checkDatabase(plan.stores)
    // Opening the stores would migrate a database that is behind.
    const isReady = checks[0]?.level === "ok" && checks.every(({ level }) => level !== "fail")
    if (!isReady) return checks
    const profiles = yield* checkProfiles(plan.stores, plan.accounts).pipe(
      Effect.catch(({ code }) =>
        Effect.succeed([fail("orders", `cannot be read (${code})`, "check whether the database runs")])
      )
    )
    return [...checks, ...profiles]
  })

const settingsCheck = ({ accounts, keys }: ServicePlan, reported: ReadonlyArray<string>): ReadonlyArray<Check> => [
  ok("settings", `${counted(accounts.length, "account")}, ${counted(keys.length, "API key")}`),
  ...(keys.length === 0
    ? [warn("API keys", "none: nobody can call the REST API", "docdata keys create makes one")]
    : []),
  ...reported.map((line) => warn("settings file", line.replace(/^docdata: /, ""), "chmod 600 it"))
]

const allChecks = (given: Given, { environment, nowMs }: Shell): Effect.Effect<ReadonlyArray<Check>> => {
  const reported: Array<string> = []
  const received = { environment, complain: (line: string) => void reported.push(line) }
  return Effect.gen(function*() {
    const plan = yield* readSettings(
      yield* sourcesFor(given, received),
      // Everything that serve reads, so that what it refuses is refused here.
      (reader) => Effect.tap(readServicePlan(reader), () => readLogLevel(reader))
    )
    const { publicOrigin = "" } = plan
    return [
      ...settingsCheck(plan, reported),
      ...yield* databaseChecks(plan),
      ...checkAddresses({ ...plan, publicOrigin }),
      ...yield* docdataChecks(plan, nowMs)
    ]
  }).pipe(
    Effect.catch(({ found }) =>
      Effect.succeed(found.map((line) => fail("settings", line, "correct it; the rest is checked then")))
    )
  )
}

const page = (checks: ReadonlyArray<Check>, { colour, columns }: Shell): string => {
  const paint = makePaint(colour)
  const width = Math.max(...checks.map(({ name }) => name.length))
  return checks.flatMap(({ found, level, name, next }) => {
    const label = `${level.padEnd(4)}  ${name.padEnd(width)}  `
    const [first = "", ...others] = [
      ...beside(label, printable(found), columns),
      ...(next === undefined ? [] : beside(`${" ".repeat(label.length)}next: `, next, columns))
    ]
    return [`${paint(colours[level], first.slice(0, 4))}${first.slice(4)}`, ...others]
  }).map((line) => `${line}\n`).join("")
}

export const runDoctor = async (given: Given, shell: Shell): Promise<ExitCode> => {
  const checks = await Effect.runPromise(allChecks(given, shell))
  await shell.write(
    given.switches.has("json") ? checks.map((check) => `${JSON.stringify(check)}\n`).join("") : page(checks, shell)
  )
  return checks.some(({ level }) => level === "fail") ? exitCodes.unfinished : exitCodes.done
}
