/**
 * What a webhook tells about an event: the order it is about and what changed. No shopper data.
 *
 * Everything in it is as old as the event and never changes, so that a repeated delivery is the same to the byte. See
 * `WebhookBody` of the contract for its schema.
 */
import type { StoredEvent, StoredOrder } from "@docdata/application"
import type { Event, Order } from "@docdata/contract"
import { eventView } from "../views/eventView.ts"
import { instantView, moneyView } from "../views/moneyView.ts"

/** The specification's advice; receivers may refuse more. */
export const webhookBytesMax = 20_000

/** The part of an event that its message is made of. */
export type PublishedEvent = Pick<
  StoredEvent,
  "id" | "merchant" | "revision" | "position" | "occurredAtMs" | "payload"
>

/** The part of an order that its messages are made of. */
export type PublishedOrder = Pick<
  StoredOrder,
  "id" | "shopReference" | "orderReference" | "orderAttempt" | "currency" | "grossMinor"
>

type OrderOfEvent = Pick<typeof Order.Type, "id" | "shopReference" | "orderReference" | "orderAttempt" | "amount">

/** The text for an event and an order as the API tells them. */
export const webhookBodyOf = (
  { data, id: eventId, merchant, occurredAt, position, revision, type }: Omit<typeof Event.Type, "orderId">,
  { amount, id, orderAttempt, orderReference, shopReference }: OrderOfEvent
): string => {
  const order = { id, shopReference, orderReference, orderAttempt, amount }
  return JSON.stringify({
    type,
    timestamp: occurredAt,
    data: { eventId, merchant, order, revision, position, ...data }
  })
}

/** The text that is signed and sent. */
export const webhookBody = (event: PublishedEvent, order: PublishedOrder): string =>
  webhookBodyOf(eventView({ ...event, orderId: order.id }), {
    id: order.id,
    shopReference: order.shopReference,
    orderReference: order.orderReference,
    orderAttempt: order.orderAttempt,
    amount: moneyView(order.grossMinor, order.currency)
  })

/** The text of a message that tells of nothing and only shows that messages arrive. */
export const testWebhookBody = (endpointId: string, { atMs, id }: { readonly atMs: number; readonly id: string }) =>
  JSON.stringify({ type: "webhook.test", timestamp: instantView(atMs), data: { eventId: id, endpointId } })
