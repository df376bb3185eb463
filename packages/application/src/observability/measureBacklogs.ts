/**
 * Measures how much waits, for whatever exports metrics.
 *
 * Done from time to time and not when somebody asks for the metrics, so that asking costs the store nothing, and so
 * that metrics which are pushed have it as well.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { type Backlog, Backlogs } from "../ports/Backlogs.ts"
import { EventSink } from "../ports/EventSink.ts"
import { Merchants } from "../ports/Merchants.ts"

/** As often as metrics are commonly collected. */
export const measureEveryMs = 15_000

const inSeconds = { unit: "s" }

const inboxOpen = Metric.gauge("docdata_inbox_open", { description: "Notifications that wait for a look" })
const inboxParked = Metric.gauge("docdata_inbox_parked", { description: "Notifications given up, for a person to see" })
const inboxAge = Metric.gauge("docdata_inbox_oldest_seconds", {
  description: "How long the oldest open notification waits",
  attributes: inSeconds
})
const outboxOpen = Metric.gauge("docdata_outbox_open", { description: "Events that a consumer does not have yet" })
const outboxParked = Metric.gauge("docdata_outbox_parked", { description: "Deliveries given up, for a person to see" })
const outboxAge = Metric.gauge("docdata_outbox_oldest_seconds", {
  description: "How long the oldest open delivery waits",
  attributes: inSeconds
})
const checksDue = Metric.gauge("docdata_checks_due", { description: "Orders whose scheduled check is due" })
const checksAge = Metric.gauge("docdata_checks_oldest_seconds", {
  description: "How long the longest due check is due",
  attributes: inSeconds
})
const measuredAt = Metric.gauge("docdata_backlogs_measured_timestamp_seconds", {
  description: "When the gauges of what waits were last measured",
  attributes: inSeconds
})

type Labels = Readonly<Record<string, string>>

const set = (gauge: Metric.Gauge<number>, labels: Labels, value: number): Effect.Effect<void> =>
  Metric.update(Metric.withAttributes(gauge, labels), value)

const ageSeconds = ({ oldestAtMs }: Pick<Backlog, "oldestAtMs">, nowMs: number): number =>
  oldestAtMs === undefined ? 0 : Math.max(0, nowMs - oldestAtMs) / 1000

const measureInbox = Effect.fnUntraced(function*(nowMs: number) {
  const backlog = yield* (yield* Backlogs).inbox()
  yield* set(inboxOpen, {}, backlog.open)
  yield* set(inboxParked, {}, backlog.parked)
  yield* set(inboxAge, {}, ageSeconds(backlog, nowMs))
})

const measureOutbox = Effect.fnUntraced(function*(consumer: string, nowMs: number) {
  const backlog = yield* (yield* Backlogs).outbox(consumer)
  yield* set(outboxOpen, { consumer }, backlog.open)
  yield* set(outboxParked, { consumer }, backlog.parked)
  yield* set(outboxAge, { consumer }, ageSeconds(backlog, nowMs))
})

const measureChecks = Effect.fnUntraced(function*(merchant: string, nowMs: number) {
  const checks = yield* (yield* Backlogs).checks({ merchant, nowMs })
  yield* set(checksDue, { merchant }, checks.open)
  yield* set(checksAge, { merchant }, ageSeconds(checks, nowMs))
})

/** Measures once. Fails with the store; the gauges then keep what they had, and their timestamp tells. */
export const measureBacklogs = Effect.fnUntraced(function*() {
  const nowMs = yield* Clock.currentTimeMillis
  const consumers = yield* (yield* EventSink).consumers()
  const accounts = yield* (yield* Merchants).all()
  yield* measureInbox(nowMs)
  yield* Effect.forEach(consumers, (consumer) => measureOutbox(consumer, nowMs), { discard: true })
  yield* Effect.forEach(accounts, ({ name }) => measureChecks(name, nowMs), { discard: true })
  yield* Metric.update(measuredAt, nowMs / 1000)
})
