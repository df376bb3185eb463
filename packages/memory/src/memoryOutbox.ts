/**
 * The outbox in memory. Deliveries are opened by the order store, in the step that stores their events.
 */
import {
  type Delivery,
  type DeliveryName,
  Outbox,
  pageSizeMax,
  type ParkedDelivery,
  type ParkedQuestion
} from "@docdata/application"
import * as Effect from "effect/Effect"
import { close, consumerOf, mayHear, open, openDelivery, refreshHead } from "./deliveries.ts"
import type { ConsumerTables, DeliveryRecord, MemoryState } from "./MemoryState.ts"
import { first } from "./SortedIndex.ts"

type Wish = Parameters<Outbox["Service"]["claim"]>[0]

const claim = (tables: ConsumerTables, { claim, consumer, leaseUntilMs, limit, nowMs }: Wish) => {
  const chosen = first(tables.heads.ready(nowMs), Math.min(limit, pageSizeMax))
  return chosen.map((orderId): Delivery => {
    const record = tables.openByOrder.get(orderId)![0]!
    record.attempts++
    record.place = { at: "claimed", claim, leaseUntilMs }
    refreshHead(tables, orderId)
    return { consumer, event: record.event, attempts: record.attempts, claim }
  })
}

function* parkedWithin({ parked }: ConsumerTables, { parkedFromMs, parkedUntilMs }: ParkedQuestion) {
  for (const moment of parked.ascending({ atMs: parkedFromMs, id: "" })) {
    if (moment.atMs >= parkedUntilMs) return
    yield moment
  }
}

const parkedOf = (tables: ConsumerTables, question: ParkedQuestion): ReadonlyArray<ParkedDelivery> =>
  first(parkedWithin(tables, question), Math.min(question.limit, pageSizeMax)).flatMap(({ id }) => {
    const { attempts, event, place } = tables.byEventId.get(id)!
    return place.at === "parked"
      ? [{ consumer: question.consumer, event, attempts, parkedAtMs: place.parkedAtMs, reason: place.reason }]
      : []
  })

const reopen = (tables: ConsumerTables, record: DeliveryRecord, notBeforeMs: number): void => {
  const { event, place } = record
  if (place.at !== "claimed") record.attempts = 0
  switch (place.at) {
    case "claimed":
      return
    case "waiting":
      record.place = { at: "waiting", notBeforeMs }
      refreshHead(tables, event.orderId)
      return
    case "parked":
      tables.parked.remove({ atMs: place.parkedAtMs, id: event.id })
      record.place = { at: "waiting", notBeforeMs }
      open(tables, record)
      return
    case "delivered":
      record.place = { at: "waiting", notBeforeMs }
      open(tables, record)
  }
}

/** An outbox on `state`. Every method is one synchronous step. */
export const memoryOutbox = (state: MemoryState): Outbox["Service"] => {
  const step = (
    { claim, consumer, eventId }: DeliveryName,
    change: (tables: ConsumerTables, record: DeliveryRecord) => void
  ) =>
    Effect.sync(() => {
      const tables = consumerOf(state, consumer)
      const record = tables.byEventId.get(eventId)
      if (record?.place.at !== "claimed" || record.place.claim !== claim) return false
      change(tables, record)
      return true
    })
  return Outbox.of({
    claim: (wish) => Effect.sync(() => claim(consumerOf(state, wish.consumer), wish)),
    delivered: (name) =>
      step(name, (tables, record) => {
        record.place = { at: "delivered" }
        close(tables, record)
      }),
    putBack: (name, notBeforeMs) =>
      step(name, (tables, record) => {
        record.place = { at: "waiting", notBeforeMs }
        refreshHead(tables, record.event.orderId)
      }),
    park: (name, { atMs, reason }) =>
      step(name, (tables, record) => {
        record.place = { at: "parked", parkedAtMs: atMs, reason }
        tables.parked.insert({ atMs, id: record.event.id })
        close(tables, record)
      }),
    parked: (question) => Effect.sync(() => parkedOf(consumerOf(state, question.consumer), question)),
    redeliver: ({ consumer, eventId, notBeforeMs, ...kind }) =>
      Effect.sync(() => {
        const event = state.eventById.get(eventId)
        if (event === undefined || !mayHear(state, { ...kind, name: consumer })) return false
        const tables = consumerOf(state, consumer)
        const record = tables.byEventId.get(eventId)
        if (record === undefined) openDelivery(state, consumer, { event, notBeforeMs })
        else reopen(tables, record, notBeforeMs)
        return true
      }),
    backlog: (consumer) => Effect.sync(() => consumerOf(state, consumer).openCount)
  })
}
