/**
 * The gauges that alerts are built on: what waits, since when, and what was given up.
 */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { TestClock } from "effect/testing"
import { Anomalies, Inbox } from "../../src/index.ts"
import { measureBacklogs } from "../../src/observability/index.ts"
import { minute, orderOf, startMs, test } from "../support/shop.ts"

/** The series of the gauges with these names, by gauge and by the words of its labels. */
const gauges = (...names: ReadonlyArray<string>) =>
  Effect.map(Metric.snapshot, (snapshots) =>
    Object.fromEntries(
      snapshots.filter(({ id }) => names.includes(id)).map(({ attributes = {}, id, state }) => {
        const words = Object.entries(attributes).filter(([label]) => label !== "unit").map(([, word]) => word)
        return [[id, ...words].join(" "), "value" in state ? state.value : undefined]
      })
    ))

const received = (id: string, afterMs: number) =>
  Inbox.use((inbox) =>
    inbox.receive({ id, merchant: "shop", orderReference: `R-${id}`, receivedAtMs: startMs + afterMs })
  )

test(
  "measuring the backlogs tells of notifications that wait, since when, and that were given up",
  Effect.gen(function*() {
    const inbox = yield* Inbox
    yield* received("n1", 0)
    yield* received("n2", 10_000)
    yield* received("n3", 20_000)
    yield* TestClock.adjust(minute)
    const nowMs = startMs + minute
    yield* inbox.claim({ merchant: "shop", nowMs, leaseUntilMs: nowMs + minute, limit: 1, claim: "c" })
    yield* inbox.deadLetter({ id: "n1", claim: "c" }, { reason: "poison", atMs: nowMs })
    yield* measureBacklogs()
    assert.deepEqual(
      yield* gauges("docdata_inbox_open", "docdata_inbox_dead_letters", "docdata_inbox_oldest_seconds"),
      { docdata_inbox_open: 2, docdata_inbox_dead_letters: 1, docdata_inbox_oldest_seconds: 50 }
    )
  }).pipe(Effect.provideService(Metric.MetricRegistry, new Map()))
)

test(
  "measuring the backlogs tells of refreshes that are due and since when, of open anomalies, and when it was measured",
  Effect.gen(function*() {
    const anomalies = yield* Anomalies
    yield* orderOf("web-1")
    yield* anomalies.raise({
      id: "anm-1",
      merchant: "shop",
      kind: "notification-dead-lettered",
      level: "error",
      subject: "R1",
      data: {},
      raisedAtMs: startMs
    })
    yield* TestClock.adjust(10 * minute)
    yield* measureBacklogs()
    const measured = yield* gauges(
      "docdata_refreshes_due",
      "docdata_refreshes_oldest_seconds",
      "docdata_anomalies_open",
      "docdata_backlogs_measured_timestamp_seconds"
    )
    const oldest = measured["docdata_refreshes_oldest_seconds shop"] ?? 0
    // The first refresh is planned for 45 seconds after creation, or a tenth less.
    assert.isTrue(oldest >= 555 && oldest <= 560, `the longest due refresh is due for ${oldest} seconds`)
    assert.deepEqual(measured, {
      "docdata_refreshes_due shop": 1,
      "docdata_refreshes_oldest_seconds shop": oldest,
      "docdata_anomalies_open notification-dead-lettered error shop": 1,
      docdata_backlogs_measured_timestamp_seconds: (startMs + 10 * minute) / 1000
    })
  }).pipe(Effect.provideService(Metric.MetricRegistry, new Map()))
)
