/**
 * Events and their deliveries, as part of the change they tell of.
 */
import { type EventPayload, type StoredEvent, type Subscriber, subscribersOf } from "@docdata/application"
import { eventId } from "@docdata/domain"
import type { TableWrite, Write } from "../Dialect.ts"
import type { SqlValue } from "../Script.ts"
import { eventsTable } from "./orderRow.ts"

const deliveries: TableWrite = {
  table: "docdata_deliveries",
  columns: {
    subscriber: "text",
    order_id: "text",
    revision: "number",
    position: "number",
    occurred_at_ms: "number",
    queue_state: "text",
    ready_at_ms: "number",
    queue_position: "text",
    attempts: "number"
  }
}

const endpointDeliveries: TableWrite = {
  ...deliveries,
  onlyWith: { table: "docdata_webhook_endpoints", column: "subscriber" }
}

/** Before every instant that anybody names: what is new may be claimed at once, whatever the clocks say. */
export const everReadyMs = Number.MIN_SAFE_INTEGER

/** What is told, to whom, and to which revision it belongs. */
export interface Publication {
  readonly orderId: string
  readonly revision: number
  readonly occurredAtMs: number
  readonly events: ReadonlyArray<EventPayload>
  readonly subscribers: ReadonlyArray<Subscriber>
  readonly traceparent: string | undefined
}

/** Of one change, a subscriber's later events wait at least for its first one. */
const deliveryRows = (
  { subscribers, events, occurredAtMs, orderId, revision }: Publication,
  ofEndpoints: boolean
): ReadonlyArray<ReadonlyArray<SqlValue>> => {
  const published = new Set<string>()
  return events.flatMap((one, position) =>
    subscribersOf(one, subscribers)
      .filter(({ isStoredEndpoint = false }) => isStoredEndpoint === ofEndpoints)
      .map(({ name }) => {
        const queuePosition = published.has(name) ? "blocked" : "later"
        published.add(name)
        return [name, orderId, revision, position, occurredAtMs, "waiting", everReadyMs, queuePosition, 0]
      })
  )
}

export const publicationWrites = (publication: Publication): ReadonlyArray<Write> => [
  {
    kind: "rows",
    into: eventsTable,
    rows: publication.events.map((one, position) => [
      publication.orderId,
      publication.revision,
      position,
      publication.occurredAtMs,
      JSON.stringify(one),
      publication.traceparent ?? null
    ])
  },
  { kind: "rows", into: deliveries, rows: deliveryRows(publication, false) },
  { kind: "rows", into: endpointDeliveries, rows: deliveryRows(publication, true) }
]

/** The same events as they will be read. */
export const publishedEvents = (publication: Publication, merchant: string): ReadonlyArray<StoredEvent> =>
  publication.events.map((payload, position) => ({
    id: eventId(publication.orderId, publication.revision, position),
    merchant,
    orderId: publication.orderId,
    revision: publication.revision,
    position,
    occurredAtMs: publication.occurredAtMs,
    ...(publication.traceparent === undefined ? {} : { traceparent: publication.traceparent }),
    payload
  }))
