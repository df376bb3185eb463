/**
 * The outbox in memory. Deliveries are opened by the order store, in the step that stores their events.
 */
import {
  type DeadLetteredDelivery,
  type DeadLetterQuestion,
  type Delivery,
  type DeliveryEnd,
  type DeliveryEnded,
  type DeliveryName,
  type EndOptions,
  type Lease,
  Outbox,
  pageSizeMax
} from "@docdata/application"
import * as Effect from "effect/Effect"
import { close, maySubscribe, open, openDelivery, readyAtMs, refreshHead, subscriberTablesOf } from "./deliveries.ts"
import type { DeliveryRecord, MemoryState, SubscriberTables } from "./MemoryState.ts"
import { noteAttempt } from "./memoryDeliveryLog.ts"
import { first } from "./SortedIndex.ts"

interface Line {
  readonly subscriber: string
  readonly tables: SubscriberTables
}

/** Claims the first open delivery of an order. */
const claimHead = ({ subscriber, tables }: Line, orderId: string, { claim, leaseUntilMs }: Lease): Delivery => {
  const record = tables.openByOrder.get(orderId)![0]!
  record.attempts++
  record.queueState = { at: "claimed", claim, leaseUntilMs }
  refreshHead(tables, orderId)
  return { subscriber, event: record.event, attempts: record.attempts, claim }
}

const claimNext = (line: Line, orderId: string, lease: Lease): Pick<DeliveryEnded, "next"> => {
  const head = line.tables.openByOrder.get(orderId)?.[0]
  return head !== undefined && readyAtMs(head) <= lease.nowMs ? { next: claimHead(line, orderId, lease) } : {}
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

const endAs = (tables: SubscriberTables, record: DeliveryRecord, end: DeliveryEnd): void => {
  switch (end.as) {
    case "delivered":
      record.queueState = { at: "delivered" }
      close(tables, record)
      return
    case "dead-lettered":
      record.queueState = { at: "dead-lettered", deadLetteredAtMs: end.atMs, reason: end.reason }
      tables.deadLettered.insert({ atMs: end.atMs, id: record.event.id })
      close(tables, record)
      return
    case "put-back":
      record.queueState = { at: "waiting", notBeforeMs: end.notBeforeMs }
      refreshHead(tables, record.event.orderId)
  }
}

/** An outbox on `state`. Every method is one synchronous step. */
export const memoryOutbox = (state: MemoryState): Outbox["Service"] => {
  const lineOf = (subscriber: string): Line => ({ subscriber, tables: subscriberTablesOf(state, subscriber) })
  const endDelivery = (
    { claim, subscriber, eventId }: DeliveryName,
    end: DeliveryEnd,
    { attempt, next }: EndOptions
  ): DeliveryEnded => {
    if (attempt !== undefined) noteAttempt(state, { subscriber, eventId, ...attempt })
    const line = lineOf(subscriber)
    const record = line.tables.byEventId.get(eventId)
    if (record?.queueState.at !== "claimed" || record.queueState.claim !== claim) return { ended: false }
    endAs(line.tables, record, end)
    if (next === undefined || end.as === "put-back") return { ended: true }
    return { ended: true, ...claimNext(line, record.event.orderId, next) }
  }
  return Outbox.of({
    claim: ({ subscribers, ...lease }) =>
      Effect.sync(() =>
        subscribers.flatMap(({ limit, name }) => {
          const line = lineOf(name)
          const ids = first(line.tables.heads.ready(lease.nowMs), Math.min(limit, pageSizeMax))
          return ids.map((orderId) => claimHead(line, orderId, lease))
        })
      ),
    end: (name, end, options = {}) => Effect.sync(() => endDelivery(name, end, options)),
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
