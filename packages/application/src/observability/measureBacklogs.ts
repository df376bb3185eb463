/**
 * Measures how much waits, for whatever exports metrics.
 *
 * Done from time to time and not when somebody asks for the metrics, so that asking costs the stores nothing, and so
 * that metrics which are pushed have it as well.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { Anomalies } from "../ports/Anomalies.ts"
import { type Backlog, Backlogs } from "../ports/Backlogs.ts"
import { EventSink } from "../ports/EventSink.ts"
import { Merchants } from "../ports/Merchants.ts"

/** As often as metrics are commonly collected. */
export const measureEveryMs = 15_000

const gauge = (name: string, description: string): readonly [string, Metric.Gauge<number>] => [
  name,
  // Exporters take the unit from here and do not make it a label.
  Metric.gauge(name, { description, ...(name.endsWith("_seconds") ? { attributes: { unit: "s" } } : {}) })
]

const inboxOpen = gauge("docdata_inbox_open", "Notifications that wait for a refresh")
const inboxDeadLetters = gauge("docdata_inbox_dead_letters", "Notifications given up, for a person to see")
const inboxAge = gauge("docdata_inbox_oldest_seconds", "How long the oldest open notification waits")
const outboxOpen = gauge("docdata_outbox_open", "Events that a subscriber does not have yet")
const outboxDeadLetters = gauge("docdata_outbox_dead_letters", "Deliveries given up, for a person to see")
const outboxAge = gauge("docdata_outbox_oldest_seconds", "How long the oldest open delivery waits")
const refreshesDue = gauge("docdata_refreshes_due", "Orders whose scheduled check is due")
const refreshesAge = gauge("docdata_refreshes_oldest_seconds", "How long the longest due check is due")
const anomaliesOpen = gauge("docdata_anomalies_open", "Anomalies that stand and nobody acknowledged")
const measuredAt = gauge("docdata_backlogs_measured_timestamp_seconds", "When what waits was last measured")

type Labels = Readonly<Record<string, string>>
type Series = ReadonlyArray<readonly [labels: Labels, value: number]>

const textOf = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).filter(([name]) => name !== "unit").toSorted(([a], [b]) => a < b ? -1 : 1))

/** Sets the series of a gauge and takes away those that are no more: a subscriber that is gone has no backlog. */
const set = Effect.fnUntraced(function*([name, gauge]: readonly [string, Metric.Gauge<number>], series: Series) {
  const current = new Set(series.map(([labels]) => textOf(labels)))
  for (const { attributes = {}, id } of yield* Metric.snapshot) {
    if (id === name && !current.has(textOf(attributes))) yield* Metric.remove(Metric.withAttributes(gauge, attributes))
  }
  for (const [labels, value] of series) yield* Metric.update(Metric.withAttributes(gauge, labels), value)
})

const ageSeconds = ({ oldestAtMs }: Pick<Backlog, "oldestAtMs">, nowMs: number): number =>
  oldestAtMs === undefined ? 0 : Math.max(0, nowMs - oldestAtMs) / 1000

const measureInbox = Effect.fnUntraced(function*(nowMs: number) {
  const backlog = yield* (yield* Backlogs).inbox()
  yield* set(inboxOpen, [[{}, backlog.open]])
  yield* set(inboxDeadLetters, [[{}, backlog.deadLettered]])
  yield* set(inboxAge, [[{}, ageSeconds(backlog, nowMs)]])
})

const measureOutbox = Effect.fnUntraced(function*(nowMs: number) {
  const { outbox } = yield* Backlogs
  const subscribers = yield* (yield* EventSink).subscribers()
  const measured = yield* Effect.forEach(
    subscribers,
    (subscriber) => Effect.map(outbox(subscriber), (backlog) => [{ subscriber }, backlog] as const)
  )
  yield* set(outboxOpen, measured.map(([labels, { open }]) => [labels, open]))
  yield* set(outboxDeadLetters, measured.map(([labels, { deadLettered }]) => [labels, deadLettered]))
  yield* set(outboxAge, measured.map(([labels, backlog]) => [labels, ageSeconds(backlog, nowMs)]))
})

const measureRefreshes = Effect.fnUntraced(function*(nowMs: number) {
  const { refreshes } = yield* Backlogs
  const accounts = yield* (yield* Merchants).all()
  const measured = yield* Effect.forEach(
    accounts,
    ({ name: merchant }) => Effect.map(refreshes({ merchant, nowMs }), (due) => [{ merchant }, due] as const)
  )
  yield* set(refreshesDue, measured.map(([labels, { open }]) => [labels, open]))
  yield* set(refreshesAge, measured.map(([labels, due]) => [labels, ageSeconds(due, nowMs)]))
})

const measureAnomalies = Effect.gen(function*() {
  const counts = yield* (yield* Anomalies).openCounts()
  yield* set(
    anomaliesOpen,
    counts.map(({ count, kind, level, merchant }) => [
      { kind, level, ...(merchant === undefined ? {} : { merchant }) },
      count
    ])
  )
})

/** Measures once. Fails with the store; the gauges then keep what they had, and their timestamp tells. */
export const measureBacklogs = Effect.fnUntraced(function*() {
  const nowMs = yield* Clock.currentTimeMillis
  yield* measureInbox(nowMs)
  yield* measureOutbox(nowMs)
  yield* measureRefreshes(nowMs)
  yield* measureAnomalies
  yield* set(measuredAt, [[{}, nowMs / 1000]])
})
