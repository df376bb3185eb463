/**
 * How deliveries stand, in memory.
 */
import {
  attemptsKept,
  type DeliveryAttempt,
  type DeliveryCursor,
  DeliveryLog,
  type DeliveryOverview,
  healthAfter,
  pageSizeMax
} from "@docdata/application"
import * as Effect from "effect/Effect"
import type { DeliveryRecord, MemoryState } from "./MemoryState.ts"
import { compareText } from "./SortedIndex.ts"

const compareCursors = (a: DeliveryCursor, b: DeliveryCursor): number =>
  a.occurredAtMs - b.occurredAtMs || compareText(a.orderId, b.orderId) || a.revision - b.revision ||
  a.position - b.position

const overviewOf = (subscriber: string, { attempts, event, queueState }: DeliveryRecord): DeliveryOverview => {
  const common = { subscriber, event, attempts }
  switch (queueState.at) {
    case "waiting":
      return {
        ...common,
        state: "waiting",
        ...(queueState.notBeforeMs === Number.NEGATIVE_INFINITY ? {} : { notBeforeMs: queueState.notBeforeMs })
      }
    case "claimed":
      return { ...common, state: "waiting" }
    case "delivered":
      return { ...common, state: "delivered" }
    case "dead-lettered":
      return {
        ...common,
        state: "dead-lettered",
        deadLettered: { atMs: queueState.deadLetteredAtMs, reason: queueState.reason }
      }
  }
}

const deliveryOf = ({ subscribers }: MemoryState, subscriber: string, eventId: string): DeliveryRecord | undefined =>
  subscribers.get(subscriber)?.byEventId.get(eventId)

/** Notes an attempt, and what it says about the health of its endpoint. Nothing is kept without a delivery. */
export const noteAttempt = (state: MemoryState, attempt: DeliveryAttempt): void => {
  const { endpoints } = state
  const delivery = deliveryOf(state, attempt.subscriber, attempt.eventId)
  if (delivery !== undefined) {
    const others = delivery.log.filter(({ atMs }) => atMs !== attempt.atMs)
    delivery.log = [...others, attempt].toSorted((a, b) => a.atMs - b.atMs).slice(-attemptsKept)
  }
  const endpoint = endpoints.get(attempt.subscriber)
  if (endpoint === undefined) return
  endpoints.set(endpoint.id, { ...endpoint, health: healthAfter(endpoint.health, attempt) })
}

/** A log on `state`. Every method is one synchronous step; a list looks at all deliveries of its subscriber. */
export const memoryDeliveryLog = (state: MemoryState): DeliveryLog["Service"] =>
  DeliveryLog.of({
    attempts: (subscriber, eventId) => Effect.sync(() => deliveryOf(state, subscriber, eventId)?.log ?? []),
    list: (question, { after, limit }) =>
      Effect.sync(() => {
        const { subscriber } = question
        const records = [...state.subscribers.get(subscriber)?.byEventId.values() ?? []]
        const found = records.map((one) => overviewOf(subscriber, one))
          .filter(({ event, state }) =>
            state === question.state && (after === undefined || compareCursors(event, after) < 0)
          )
          .toSorted((a, b) => compareCursors(b.event, a.event))
        const items = found.slice(0, Math.min(Math.max(Math.trunc(limit), 1), pageSizeMax))
        const last = items.at(-1)
        if (last === undefined || found.length === items.length) return { items }
        const { occurredAtMs, orderId, position, revision } = last.event
        return { items, next: { occurredAtMs, orderId, revision, position } }
      }),
    find: (subscriber, eventId) =>
      Effect.sync(() => {
        const found = deliveryOf(state, subscriber, eventId)
        return found === undefined ? undefined : overviewOf(subscriber, found)
      }),
    ofEvent: (eventId) =>
      Effect.sync(() =>
        [...state.subscribers.keys()].toSorted(compareText).flatMap((subscriber) => {
          const found = deliveryOf(state, subscriber, eventId)
          return found === undefined ? [] : [overviewOf(subscriber, found)]
        })
      )
  })
