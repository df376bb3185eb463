/**
 * The outbox in memory. Deliveries are opened by the order store, in the step that stores their events.
 */
import {
  type DeadLetteredDelivery,
  type DeadLetterQuestion,
  type Delivery,
  type DeliveryName,
  Outbox,
  pageSizeMax
} from "@docdata/application"
import * as Effect from "effect/Effect"
import { close, maySubscribe, open, openDelivery, refreshHead, subscriberTablesOf } from "./deliveries.ts"
import type { DeliveryRecord, MemoryState, SubscriberTables } from "./MemoryState.ts"
import { first } from "./SortedIndex.ts"

type Request = Parameters<Outbox["Service"]["claim"]>[0]

const claim = (tables: SubscriberTables, { claim, subscriber, leaseUntilMs, limit, nowMs }: Request) => {
  const chosen = first(tables.heads.ready(nowMs), Math.min(limit, pageSizeMax))
  return chosen.map((orderId): Delivery => {
    const record = tables.openByOrder.get(orderId)![0]!
    record.attempts++
    record.queueState = { at: "claimed", claim, leaseUntilMs }
    refreshHead(tables, orderId)
    return { subscriber, event: record.event, attempts: record.attempts, claim }
  })
}

function* deadLetteredWithin(
  { deadLettered }: SubscriberTables,
  { deadLetteredFromMs, deadLetteredUntilMs }: DeadLetterQuestion
) {
  for (const moment of deadLettered.ascending({ atMs: deadLetteredFromMs, id: "" })) {
    if (moment.atMs >= deadLetteredUntilMs) return
    yield moment
  }
}

const deadLettersOf = (tables: SubscriberTables, question: DeadLetterQuestion): ReadonlyArray<DeadLetteredDelivery> =>
  first(deadLetteredWithin(tables, question), Math.min(question.limit, pageSizeMax)).flatMap(({ id }) => {
    const { attempts, event, queueState } = tables.byEventId.get(id)!
    return queueState.at === "dead-lettered"
      ? [{
        subscriber: question.subscriber,
        event,
        attempts,
        deadLetteredAtMs: queueState.deadLetteredAtMs,
        reason: queueState.reason
      }]
      : []
  })

const reopen = (tables: SubscriberTables, record: DeliveryRecord, notBeforeMs: number): void => {
  const { event, queueState } = record
  if (queueState.at !== "claimed") record.attempts = 0
  switch (queueState.at) {
    case "claimed":
      return
    case "waiting":
      record.queueState = { at: "waiting", notBeforeMs }
      refreshHead(tables, event.orderId)
      return
    case "dead-lettered":
      tables.deadLettered.remove({ atMs: queueState.deadLetteredAtMs, id: event.id })
      record.queueState = { at: "waiting", notBeforeMs }
      open(tables, record)
      return
    case "delivered":
      record.queueState = { at: "waiting", notBeforeMs }
      open(tables, record)
  }
}

/** An outbox on `state`. Every method is one synchronous step. */
export const memoryOutbox = (state: MemoryState): Outbox["Service"] => {
  const step = (
    { claim, subscriber, eventId }: DeliveryName,
    change: (tables: SubscriberTables, record: DeliveryRecord) => void
  ) =>
    Effect.sync(() => {
      const tables = subscriberTablesOf(state, subscriber)
      const record = tables.byEventId.get(eventId)
      if (record?.queueState.at !== "claimed" || record.queueState.claim !== claim) return false
      change(tables, record)
      return true
    })
  return Outbox.of({
    claim: (request) => Effect.sync(() => claim(subscriberTablesOf(state, request.subscriber), request)),
    delivered: (name) =>
      step(name, (tables, record) => {
        record.queueState = { at: "delivered" }
        close(tables, record)
      }),
    retryLater: (name, notBeforeMs) =>
      step(name, (tables, record) => {
        record.queueState = { at: "waiting", notBeforeMs }
        refreshHead(tables, record.event.orderId)
      }),
    deadLetter: (name, { atMs, reason }) =>
      step(name, (tables, record) => {
        record.queueState = { at: "dead-lettered", deadLetteredAtMs: atMs, reason }
        tables.deadLettered.insert({ atMs, id: record.event.id })
        close(tables, record)
      }),
    deadLettered: (question) =>
      Effect.sync(() => deadLettersOf(subscriberTablesOf(state, question.subscriber), question)),
    redeliver: ({ subscriber, eventId, notBeforeMs, ...kind }) =>
      Effect.sync(() => {
        const event = state.eventById.get(eventId)
        if (event === undefined || !maySubscribe(state, { ...kind, name: subscriber })) return false
        const tables = subscriberTablesOf(state, subscriber)
        const record = tables.byEventId.get(eventId)
        if (record === undefined) openDelivery(state, subscriber, { event, notBeforeMs })
        else reopen(tables, record, notBeforeMs)
        return true
      }),
    backlog: (subscriber) => Effect.sync(() => subscriberTablesOf(state, subscriber).openCount)
  })
}
