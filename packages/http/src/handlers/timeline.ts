/**
 * What happened to an order, in the order it happened: its events, the looks at it, and money asked for or given back.
 */
import {
  anomalyCatalogue,
  type Movement,
  type Observation,
  OrderStore,
  pageSizeMax,
  type StoredEvent
} from "@docdata/application"
import { Amount } from "@docdata/domain"
import * as Effect from "effect/Effect"
import type { TimelineEntry } from "../api/OrderView.ts"
import { problemOf } from "./problemOf.ts"

type Entry = typeof TimelineEntry.Type

const eventText = ({ news }: StoredEvent): string => {
  switch (news.type) {
    case "order.created":
      return "the payment provider knows the order"
    case "notification.received":
      return "the payment provider said that something changed"
    case "return.visited":
      return `the shopper came back (${news.callback})`
    case "payment.proceeded":
      return `payment ${news.paymentId}: what the shopper brought is handed in`
    case "payment.added":
      return `payment ${news.paymentId} by ${news.payment.paymentMethod}: ${news.payment.status}`
    case "payment.updated":
      return `payment ${news.paymentId}: ${news.payment.status} (changed: ${news.changed.join(", ")})`
    case "order.status_changed":
      return `${news.from} became ${news.to}, by the rule ${news.rule}`
    case "order.fulfilment_changed":
      return `goods: ${news.from} became ${news.to}`
    case "anomaly.raised":
      return `${news.kind}: ${anomalyCatalogue[news.kind].meaning}`
  }
}

const ofEvent = (event: StoredEvent): Entry => ({
  atMs: event.occurredAtMs,
  kind: "event",
  text: eventText(event),
  revision: event.revision,
  eventId: event.id,
  type: event.news.type
})

const ofLook = ({ answeredAtMs, decision, findings, observedBy, revision }: Observation): Entry => ({
  atMs: answeredAtMs,
  kind: "look",
  text: `looked (${observedBy}): ${decision.status}, goods ${decision.fulfilment}, by the rule ${decision.rule}${
    findings.length === 0 ? "" : `; ${findings.map(({ kind }) => kind).join(", ")}`
  }`,
  revision
})

const ofMovement = ({ amountMinor, changedAtMs, currency, kind, reference, state }: Movement): Entry => ({
  atMs: changedAtMs,
  kind: "movement",
  text: `${kind} ${reference} of ${Amount.format({ minor: amountMinor, currency })} is ${state}`
})

/** The entries, oldest first; of one revision the look comes before the events it led to. The newest 200 looks. */
export const timelineOf = Effect.fnUntraced(function*(orderId: string) {
  const store = yield* OrderStore
  const [events, looks, movements] = yield* Effect.all([
    store.events(orderId),
    store.observations(orderId, { limit: pageSizeMax }),
    store.movements(orderId)
  ]).pipe(Effect.mapError(problemOf))
  const entries = [...looks.items.map(ofLook), ...events.map(ofEvent), ...movements.map(ofMovement)]
  // Sorting keeps what is equal as it is, and looks come first above.
  return entries.toSorted((a, b) => a.atMs - b.atMs || (a.revision ?? Infinity) - (b.revision ?? Infinity))
})
