/**
 * Many lives of a worker on one engine, with a refresh of the stores after each.
 */
import { randomInt } from "node:crypto"
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { temporaryDatabase, temporaryFile } from "../support/databases.ts"
import { drain } from "./drain.ts"
import { inspect } from "./inspect.ts"
import { killBackend } from "./killBackend.ts"
import { killWorker } from "./killWorker.ts"
import { Ledger } from "./Ledger.ts"
import { newOrder, orderCount } from "./orders.ts"
import { patiently } from "./patiently.ts"
import { quiet } from "./quiet.ts"
import { layerOf, type Place } from "./place.ts"

export interface CrashRun {
  readonly program: string
  /** Absent for SQLite. */
  readonly serverUrl: string | undefined
  readonly kills: number
  /** Aborted: the run ends after the kill in hand, with the report of what ran. */
  readonly enough: AbortSignal
  readonly onProgress: (kills: number) => void
}

export interface CrashReport {
  readonly kills: number
  readonly serverCrashes: number
  /** Answers that were held against the stores. */
  readonly acknowledgements: number
  readonly events: number
  readonly repeats: number
  readonly failures: ReadonlyMap<string, number>
  readonly problems: ReadonlyArray<string>
}

/** Kills on one database. Then a new one: looking at all of a history after each kill would take longer and longer. */
const killsPerDatabase = 20

const longestMs = 250

const setUp = Effect.gen(function*() {
  const store = yield* OrderStore
  for (let number = 0; number < orderCount; number++) {
    const order = newOrder(number)
    yield* store.reserve(order)
    yield* store.confirm({
      orderId: order.id,
      key: `KEY${number}`,
      confirmedAtMs: order.createdAtMs,
      subscribers: ["webhook", "mail"],
      nextRefreshAtMs: undefined
    })
  }
})

const oneDatabase = async (run: CrashRun, place: Place, kills: number) => {
  const ledger = new Ledger()
  const stores = layerOf(place)
  await Effect.runPromise(patiently(Effect.provide(setUp, stores)))
  let serverCrashes = 0
  let turn = 0
  while (turn < kills && !run.enough.aborted) {
    turn++
    // PostgreSQL itself crashes too, now and then: a killed session makes the server recover from its log.
    const crashing = run.serverUrl !== undefined && turn % 10 === 5
    if (crashing) serverCrashes++
    const lines = await killWorker({
      program: run.program,
      place,
      turn,
      seed: `${turn} ${randomInt(1_000_000)}`,
      lengthMs: randomInt(1, longestMs),
      ...(crashing ? { halfWay: () => killBackend(run.serverUrl!) } : {})
    })
    for (const line of lines) ledger.add(line)
    const problems = await Effect.runPromise(patiently(Effect.provide(Effect.andThen(quiet, inspect(ledger)), stores)))
    if (problems.length > 0) {
      return { ledger, turns: turn, serverCrashes, events: 0, problems: [`after kill ${turn}`, ...problems] }
    }
    run.onProgress(turn)
  }
  const { eventCount, problems } = await Effect.runPromise(
    patiently(Effect.provide(drain(ledger, (turn + 2) * 1_000), stores))
  )
  return { ledger, turns: turn, serverCrashes, events: eventCount, problems }
}

const withFeedPosition = async <A>(serverUrl: string | undefined, use: (place: Place) => Promise<A>): Promise<A> => {
  const scope = Scope.makeUnsafe()
  try {
    const at = await Effect.runPromise(
      Scope.provide(serverUrl === undefined ? temporaryFile : temporaryDatabase(serverUrl), scope)
    )
    return await use({ engine: serverUrl === undefined ? "sqlite" : "postgres", at })
  } finally {
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
}

/** Ends at the first database in which something is wrong, or when it is enough. */
export const crashRun = async (run: CrashRun): Promise<CrashReport> => {
  const failures = new Map<string, number>()
  let report = { kills: 0, serverCrashes: 0, acknowledgements: 0, events: 0, repeats: 0, failures }
  while (report.kills < run.kills && !run.enough.aborted) {
    const kills = Math.min(killsPerDatabase, run.kills - report.kills)
    const onProgress = (turn: number): void => run.onProgress(report.kills + turn)
    const one = await withFeedPosition(run.serverUrl, (place) => oneDatabase({ ...run, onProgress }, place, kills))
    for (const [name, count] of one.ledger.failures) failures.set(name, (failures.get(name) ?? 0) + count)
    report = {
      kills: report.kills + one.turns,
      serverCrashes: report.serverCrashes + one.serverCrashes,
      acknowledgements: report.acknowledgements + one.ledger.acknowledgements,
      events: report.events + one.events,
      repeats: report.repeats + one.ledger.repeats,
      failures
    }
    if (one.problems.length > 0) return { ...report, problems: one.problems }
  }
  return { ...report, problems: [] }
}
