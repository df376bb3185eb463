/**
 * The outbox of the plain model.
 */
import {
  type Delivery,
  type DeliveryEnd,
  type DeliveryName,
  type Lease,
  type Outbox,
  pageSizeMax
} from "@docdata/application"
import { compareText, mayBeTaken, type ModelDelivery, type ModelState, type Plain } from "./ModelState.ts"

const deliveriesOf = (
  state: ModelState,
  subscriber: string
): ReadonlyArray<ModelDelivery> => [...state.deliveries.get(subscriber)?.values() ?? []]

const isOpen = ({ queueState }: ModelDelivery): boolean => queueState.at === "waiting" || queueState.at === "claimed"

/** The first open delivery of each order. */
const heads = (deliveries: ReadonlyArray<ModelDelivery>): ReadonlyArray<ModelDelivery> => {
  const headByOrder = new Map<string, ModelDelivery>()
  for (const delivery of deliveries.filter(isOpen)) {
    const { event } = delivery
    const head = headByOrder.get(event.orderId)?.event
    const isEarlier = head === undefined || event.revision < head.revision ||
      (event.revision === head.revision && event.position < head.position)
    if (isEarlier) headByOrder.set(event.orderId, delivery)
  }
  return [...headByOrder.values()]
}

const taken = (delivery: ModelDelivery, { claim, leaseUntilMs }: Lease): Delivery => {
  delivery.attempts++
  delivery.queueState = { at: "claimed", claim, leaseUntilMs }
  return { subscriber: delivery.subscriber, event: delivery.event, attempts: delivery.attempts, claim }
}

const claim = (
  state: ModelState,
  { limit, subscriber, ...lease }: Lease & { readonly subscriber: string; readonly limit: number }
): ReadonlyArray<Delivery> =>
  heads(deliveriesOf(state, subscriber))
    .filter(({ queueState }) => mayBeTaken(queueState, lease.nowMs))
    .toSorted((a, b) => a.event.occurredAtMs - b.event.occurredAtMs || compareText(a.event.orderId, b.event.orderId))
    .slice(0, Math.max(0, Math.min(limit, pageSizeMax)))
    .map((delivery) => taken(delivery, lease))

const endState = (end: DeliveryEnd): ModelDelivery["queueState"] => {
  switch (end.as) {
    case "delivered":
      return { at: "delivered" }
    case "put-back":
      return { at: "waiting", notBeforeMs: end.notBeforeMs }
    case "dead-lettered":
      return { at: "dead-lettered", deadLetteredAtMs: end.atMs, reason: end.reason }
  }
}

const redeliver = (
  state: ModelState,
  { subscriber, eventId, notBeforeMs }: Parameters<Outbox["Service"]["redeliver"]>[0]
): boolean => {
  const event = [...state.orders.values()].flatMap(({ events }) => events).find(({ id }) => id === eventId)
  if (event === undefined) return false
  const deliveries = state.deliveries.get(subscriber) ?? new Map<string, ModelDelivery>()
  state.deliveries.set(subscriber, deliveries)
  const delivery = deliveries.get(eventId)
  const queueState = { at: "waiting", notBeforeMs } as const
  if (delivery === undefined) deliveries.set(eventId, { subscriber, event, attempts: 0, queueState })
  else if (delivery.queueState.at !== "claimed") Object.assign(delivery, { attempts: 0, queueState })
  return true
}

export const outboxModel = (state: ModelState): Plain<Outbox["Service"]> => {
  const claimed = (name: DeliveryName): ModelDelivery | undefined => {
    const delivery = state.deliveries.get(name.subscriber)?.get(name.eventId)
    return delivery?.queueState.at === "claimed" && delivery.queueState.claim === name.claim ? delivery : undefined
  }
  return {
    claim: ({ subscribers, ...lease }) =>
      subscribers.flatMap(({ limit, name }) => claim(state, { ...lease, subscriber: name, limit })),
    end: (name, end, { next } = {}) => {
      const delivery = claimed(name)
      if (delivery === undefined) return { ended: false }
      delivery.queueState = endState(end)
      if (next === undefined || end.as === "put-back") return { ended: true }
      const { orderId } = delivery.event
      const head = heads(deliveriesOf(state, name.subscriber)).find(({ event }) => event.orderId === orderId)
      return head !== undefined && mayBeTaken(head.queueState, next.nowMs)
        ? { ended: true, next: taken(head, next) }
        : { ended: true }
    },
    deadLettered: ({ subscriber, limit, deadLetteredFromMs, deadLetteredUntilMs }) =>
      deliveriesOf(state, subscriber).flatMap(({ attempts, event, queueState }) =>
        queueState.at === "dead-lettered" && queueState.deadLetteredAtMs >= deadLetteredFromMs &&
          queueState.deadLetteredAtMs < deadLetteredUntilMs
          ? [{ subscriber, event, attempts, deadLetteredAtMs: queueState.deadLetteredAtMs, reason: queueState.reason }]
          : []
      ).toSorted((a, b) => a.deadLetteredAtMs - b.deadLetteredAtMs || compareText(a.event.id, b.event.id))
        .slice(0, Math.max(0, Math.min(limit, pageSizeMax))),
    redeliver: (request) => redeliver(state, request),
    backlog: (subscriber) => deliveriesOf(state, subscriber).filter(isOpen).length
  }
}
