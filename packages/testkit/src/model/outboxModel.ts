/**
 * The outbox of the plain model.
 */
import { type Delivery, type DeliveryName, type Outbox, pageSizeMax } from "@docdata/application"
import { compareText, mayBeTaken, type ModelDelivery, type ModelState, type Plain } from "./ModelState.ts"

const deliveriesOf = (
  state: ModelState,
  consumer: string
): ReadonlyArray<ModelDelivery> => [...state.deliveries.get(consumer)?.values() ?? []]

const isOpen = ({ place }: ModelDelivery): boolean => place.at === "waiting" || place.at === "claimed"

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
  { claim, consumer, leaseUntilMs, limit, nowMs }: Parameters<Outbox["Service"]["claim"]>[0]
): ReadonlyArray<Delivery> =>
  heads(deliveriesOf(state, consumer))
    .filter(({ place }) => mayBeTaken(place, nowMs))
    .toSorted((a, b) => a.event.occurredAtMs - b.event.occurredAtMs || compareText(a.event.orderId, b.event.orderId))
    .slice(0, Math.max(0, Math.min(limit, pageSizeMax)))
    .map((delivery) => {
      delivery.attempts++
      delivery.place = { at: "claimed", claim, leaseUntilMs }
      return { consumer, event: delivery.event, attempts: delivery.attempts, claim }
    })

const redeliver = (
  state: ModelState,
  { consumer, eventId, notBeforeMs }: Parameters<Outbox["Service"]["redeliver"]>[0]
): boolean => {
  const event = [...state.orders.values()].flatMap(({ events }) => events).find(({ id }) => id === eventId)
  if (event === undefined) return false
  const deliveries = state.deliveries.get(consumer) ?? new Map<string, ModelDelivery>()
  state.deliveries.set(consumer, deliveries)
  const delivery = deliveries.get(eventId)
  const place = { at: "waiting", notBeforeMs } as const
  if (delivery === undefined) deliveries.set(eventId, { consumer, event, attempts: 0, place })
  else if (delivery.place.at !== "claimed") Object.assign(delivery, { attempts: 0, place })
  return true
}

export const outboxModel = (state: ModelState): Plain<Outbox["Service"]> => {
  const withClaimed = (name: DeliveryName, change: (delivery: ModelDelivery) => void): boolean => {
    const delivery = state.deliveries.get(name.consumer)?.get(name.eventId)
    if (delivery?.place.at !== "claimed" || delivery.place.claim !== name.claim) return false
    change(delivery)
    return true
  }
  return {
    claim: (wish) => claim(state, wish),
    delivered: (name) =>
      withClaimed(name, (delivery) => {
        delivery.place = { at: "delivered" }
      }),
    putBack: (name, notBeforeMs) =>
      withClaimed(name, (delivery) => {
        delivery.place = { at: "waiting", notBeforeMs }
      }),
    park: (name, { atMs, reason }) =>
      withClaimed(name, (delivery) => {
        delivery.place = { at: "parked", parkedAtMs: atMs, reason }
      }),
    parked: ({ consumer, limit, parkedFromMs, parkedUntilMs }) =>
      deliveriesOf(state, consumer).flatMap(({ attempts, event, place }) =>
        place.at === "parked" && place.parkedAtMs >= parkedFromMs && place.parkedAtMs < parkedUntilMs
          ? [{ consumer, event, attempts, parkedAtMs: place.parkedAtMs, reason: place.reason }]
          : []
      ).toSorted((a, b) => a.parkedAtMs - b.parkedAtMs || compareText(a.event.id, b.event.id))
        .slice(0, Math.max(0, Math.min(limit, pageSizeMax))),
    redeliver: (wish) => redeliver(state, wish),
    backlog: (consumer) => deliveriesOf(state, consumer).filter(isOpen).length
  }
}
