/**
 * Events and their deliveries, as part of the change they tell of.
 */
import { type Consumer, hearersOf, type OrderNews, type StoredEvent } from "@docdata/application"
import { eventId } from "@docdata/domain"
import type { TableWrite, Write } from "../Dialect.ts"
import type { SqlValue } from "../Script.ts"
import { eventsTable } from "./orderRow.ts"

const deliveries: TableWrite = {
  table: "docdata_deliveries",
  columns: {
    consumer: "text",
    order_id: "text",
    revision: "number",
    position: "number",
    occurred_at_ms: "number",
    place: "text",
    ready_at_ms: "number",
    standing: "text",
    attempts: "number"
  }
}

const endpointDeliveries: TableWrite = {
  ...deliveries,
  onlyWith: { table: "docdata_webhook_endpoints", column: "consumer" }
}

/** Before every instant that anybody names: what is new may be claimed at once, whatever the clocks say. */
export const everReadyMs = Number.MIN_SAFE_INTEGER

/** What is told, to whom, and to which revision it belongs. */
export interface Telling {
  readonly orderId: string
  readonly revision: number
  readonly occurredAtMs: number
  readonly news: ReadonlyArray<OrderNews>
  readonly consumers: ReadonlyArray<Consumer>
  readonly traceparent: string | undefined
}

/** Of one change, a hearer's later events wait at least for its first one. */
const deliveryRows = (
  { consumers, news, occurredAtMs, orderId, revision }: Telling,
  ofEndpoints: boolean
): ReadonlyArray<ReadonlyArray<SqlValue>> => {
  const told = new Set<string>()
  return news.flatMap((one, position) =>
    hearersOf(one, consumers)
      .filter(({ isStoredEndpoint = false }) => isStoredEndpoint === ofEndpoints)
      .map(({ name }) => {
        const standing = told.has(name) ? "behind" : "later"
        told.add(name)
        return [name, orderId, revision, position, occurredAtMs, "waiting", everReadyMs, standing, 0]
      })
  )
}

export const tellingWrites = (telling: Telling): ReadonlyArray<Write> => [
  {
    kind: "rows",
    into: eventsTable,
    rows: telling.news.map((one, position) => [
      telling.orderId,
      telling.revision,
      position,
      telling.occurredAtMs,
      JSON.stringify(one),
      telling.traceparent ?? null
    ])
  },
  { kind: "rows", into: deliveries, rows: deliveryRows(telling, false) },
  { kind: "rows", into: endpointDeliveries, rows: deliveryRows(telling, true) }
]

/** The same events as they will be read. */
export const toldEvents = (telling: Telling, merchant: string): ReadonlyArray<StoredEvent> =>
  telling.news.map((news, position) => ({
    id: eventId(telling.orderId, telling.revision, position),
    merchant,
    orderId: telling.orderId,
    revision: telling.revision,
    position,
    occurredAtMs: telling.occurredAtMs,
    ...(telling.traceparent === undefined ? {} : { traceparent: telling.traceparent }),
    news
  }))
