/**
 * What the use cases count and time, for whatever exports metrics.
 *
 * Names are Prometheus' own way of writing them, durations are in seconds. Labels are names of accounts and subscribers
 * and words out of closed sets; never an id, a key or a reference, of which there is no end.
 */
import { orderStatuses } from "@docdata/domain"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import type { ObservedBy } from "../order/Observation.ts"
import type { StoredEvent } from "../order/StoredEvent.ts"

const counter = (name: string, description: string) => Metric.counter(name, { description, incremental: true })

type Labels = Readonly<Record<string, string>>

const count = (metric: Metric.Counter<number>, labels: Labels, by = 1): Effect.Effect<void> =>
  Metric.update(Metric.withAttributes(metric, labels), by)

// From what nobody notices to days: a lost notification is found within a minute, the last try of a webhook is the
// third day's.
const lagSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200, 43_200, 259_200]

const lag = (name: string, description: string) =>
  Metric.histogram(name, {
    description,
    // Exporters take the unit from here and do not make it a label.
    attributes: { unit: "s" },
    boundaries: lagSeconds
  })

const notifications = counter("docdata_notifications_total", "Notifications of Docdata, by what became of them at once")

/**
 * - `received`: written down as an item of its own.
 * - `coalesced`: an item that waits answers for it.
 * - `unknown-order`: there is no such order.
 * - `not-durable`: the store did not take it, and Docdata was told to come again.
 * - `limited`: more than an order or a source may send.
 */
export type NotificationOutcome = "received" | "coalesced" | "unknown-order" | "not-durable" | "limited"

/** The merchant only if it is one of ours: whoever calls may write anything. */
export const countNotification = (outcome: NotificationOutcome, merchant?: string): Effect.Effect<void> =>
  count(notifications, { outcome, ...(merchant === undefined ? {} : { merchant }) })

const inboxItems = counter("docdata_inbox_items_total", "Turns of inbox items, by how they ended")

/** `repeated`: retried later, to be tried again. */
export const countInboxItem = (outcome: "done" | "repeated" | "dead-lettered", merchant: string): Effect.Effect<void> =>
  count(inboxItems, { outcome, merchant })

const notificationLag = lag(
  "docdata_notification_lag_seconds",
  "From the first notification of an item until what Docdata said is stored"
)

export const timeNotification = (merchant: string, lagMs: number): Effect.Effect<void> =>
  Metric.update(Metric.withAttributes(notificationLag, { merchant }), Math.max(0, lagMs) / 1000)

const refreshes = counter("docdata_refreshes_total", "Refreshes orders, by who looked and what came of it")

/** A refresh's end: `stale` is one that somebody younger overtook; else the tag of the failure. */
export type RefreshOutcome = "changed" | "unchanged" | "stale" | { readonly failed: string }

export const countRefresh = (
  { merchant, observedBy, outcome }: {
    readonly merchant: string
    readonly observedBy: ObservedBy
    readonly outcome: RefreshOutcome
  }
): Effect.Effect<void> => {
  const ending: Labels = typeof outcome === "string" ? { outcome } : { outcome: "failed", failure: outcome.failed }
  return count(refreshes, { merchant, observed_by: observedBy, ...ending })
}

const commits = counter("docdata_commits_total", "Decided changes of orders, by whether they were stored")

/** `outdated`: somebody was faster, and the change is decided again. */
export const countCommit = (outcome: "stored" | "outdated" | "failed", merchant: string): Effect.Effect<void> =>
  count(commits, { outcome, merchant })

const events = counter("docdata_events_total", "Events stored, by type")
const statusChanges = counter("docdata_status_changes_total", "Orders that came into a status")

export const countEvents = (stored: ReadonlyArray<StoredEvent>): Effect.Effect<void> =>
  Effect.forEach(stored, ({ merchant, payload }) =>
    Effect.andThen(
      count(events, { merchant, type: payload.type }),
      payload.type === "order.status_changed" ? count(statusChanges, { merchant, status: payload.to }) : Effect.void
    ), { discard: true })

const created = counter("docdata_orders_created_total", "Orders that Docdata gave a key for")

export const countCreated = (merchant: string): Effect.Effect<void> => count(created, { merchant })

const deliveries = counter("docdata_deliveries_total", "Tries to deliver an event, by how they ended")

/** `repeated`: not taken, to be tried again. */
export const countDelivery = (
  outcome: "delivered" | "repeated" | "dead-lettered",
  subscriber: string
): Effect.Effect<void> => count(deliveries, { outcome, subscriber })

const deliveryLag = lag("docdata_delivery_lag_seconds", "From the commit of an event until a subscriber has it")

export const timeDelivery = (subscriber: string, lagMs: number): Effect.Effect<void> =>
  Metric.update(Metric.withAttributes(deliveryLag, { subscriber }), Math.max(0, lagMs) / 1000)

/** Whose counters there are. */
export interface Counted {
  readonly merchants: ReadonlyArray<string>
  readonly subscribers: ReadonlyArray<string>
}

/**
 * Makes the counters be there with zero that are watched for an increase. A series that appears with its first count has
 * none that Prometheus could see: the first chargebacks of a month, or notifications refused within one minute, would raise
 * no alert and show in no graph. Repeating is safe and changes no count.
 */
export const countFromZero = ({ subscribers, merchants }: Counted): Effect.Effect<void> => {
  const series: ReadonlyArray<readonly [Metric.Counter<number>, Labels]> = [
    ...["unknown-order", "not-durable", "limited"].map((outcome) => [notifications, { outcome }] as const),
    ...merchants.flatMap((merchant) => [
      [created, { merchant }] as const,
      ...["received", "coalesced"].map((outcome) => [notifications, { outcome, merchant }] as const),
      ...["done", "repeated", "dead-lettered"].map((outcome) => [inboxItems, { outcome, merchant }] as const),
      ...orderStatuses.map((status) => [statusChanges, { merchant, status }] as const)
    ]),
    ...subscribers.flatMap((subscriber) =>
      ["delivered", "repeated", "dead-lettered"].map((outcome) => [deliveries, { outcome, subscriber }] as const)
    )
  ]
  return Effect.forEach(series, ([metric, labels]) => count(metric, labels, 0), { discard: true })
}
