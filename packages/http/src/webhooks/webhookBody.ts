/**
 * What a webhook tells about an event: the order it is about and what changed. No shopper data.
 *
 * Everything in it is as old as the event and never changes, so that a repeated delivery is the same to the byte. See
 * `WebhookBody` of the contract for its schema.
 */
import type { StoredEvent, StoredOrder } from "@docdata/application"
import { eventSaying } from "../views/eventView.ts"
import { instantView, moneyView } from "../views/moneyView.ts"

/** The specification's advice; receivers may refuse more. */
export const webhookBytesMax = 20_000

const textOf = (type: string, atMs: number, data: unknown): string =>
  JSON.stringify({ type, timestamp: instantView(atMs), data })

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

/** The text that is signed and sent. */
export const webhookBody = (event: ToldEvent, order: ToldOrder): string => {
  const { data, type } = eventSaying(event.news)
  return textOf(type, event.occurredAtMs, {
    eventId: event.id,
    merchant: event.merchant,
    order: {
      id: order.id,
      shopReference: order.shopReference,
      orderReference: order.reference,
      orderAttempt: order.attempt,
      amount: moneyView(order.grossMinor, order.currency)
    },
    revision: event.revision,
    position: event.position,
    ...data
  })
}

/** The text of a message that tells of nothing and only shows that messages arrive. */
export const testWebhookBody = (endpointId: string, { atMs, id }: { readonly atMs: number; readonly id: string }) =>
  textOf("webhook.test", atMs, { eventId: id, endpointId })
