/**
 * The outbox of the plain model.
 */
import { type Delivery, type DeliveryName, type Outbox, pageSizeMax } from "@docdata/application"
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

const claim = (
  state: ModelState,
  { claim, subscriber, leaseUntilMs, limit, nowMs }: Parameters<Outbox["Service"]["claim"]>[0]
): ReadonlyArray<Delivery> =>
  heads(deliveriesOf(state, subscriber))
    .filter(({ queueState }) => mayBeTaken(queueState, nowMs))
    .toSorted((a, b) => a.event.occurredAtMs - b.event.occurredAtMs || compareText(a.event.orderId, b.event.orderId))
    .slice(0, Math.max(0, Math.min(limit, pageSizeMax)))
    .map((delivery) => {
      delivery.attempts++
      delivery.queueState = { at: "claimed", claim, leaseUntilMs }
      return { subscriber, event: delivery.event, attempts: delivery.attempts, claim }
    })

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
  const withClaimed = (name: DeliveryName, change: (delivery: ModelDelivery) => void): boolean => {
    const delivery = state.deliveries.get(name.subscriber)?.get(name.eventId)
    if (delivery?.queueState.at !== "claimed" || delivery.queueState.claim !== name.claim) return false
    change(delivery)
    return true
  }
  return {
    claim: (request) => claim(state, request),
    delivered: (name) =>
      withClaimed(name, (delivery) => {
        delivery.queueState = { at: "delivered" }
      }),
    retryLater: (name, notBeforeMs) =>
      withClaimed(name, (delivery) => {
        delivery.queueState = { at: "waiting", notBeforeMs }
      }),
    deadLetter: (name, { atMs, reason }) =>
      withClaimed(name, (delivery) => {
        delivery.queueState = { at: "dead-lettered", deadLetteredAtMs: atMs, reason }
      }),
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
