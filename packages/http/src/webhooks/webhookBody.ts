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
export type ToldEvent = Pick<
  StoredEvent,
  "id" | "merchant" | "revision" | "position" | "occurredAtMs" | "news"
>

/** The part of an order that its messages are made of. */
export type ToldOrder = Pick<
  StoredOrder,
  "id" | "shopReference" | "reference" | "attempt" | "currency" | "grossMinor"
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
export const webhookBody = (event: ToldEvent, order: ToldOrder): string =>
  webhookBodyOf(eventView({ ...event, orderId: order.id }), {
    id: order.id,
    shopReference: order.shopReference,
    orderReference: order.reference,
    orderAttempt: order.attempt,
    amount: moneyView(order.grossMinor, order.currency)
  })

/** The text of a message that tells of nothing and only shows that messages arrive. */
export const testWebhookBody = (endpointId: string, { atMs, id }: { readonly atMs: number; readonly id: string }) =>
  JSON.stringify({ type: "webhook.test", timestamp: instantView(atMs), data: { eventId: id, endpointId } })
