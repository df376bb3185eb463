/**
 * What a webhook tells about an event: the order it is about and what changed. No shopper data.
 *
 * Everything in it is as old as the event and never changes, so that a repeated delivery is the same to the byte. See
 * `WebhookPayload.ts` for its schema.
 */
import type { StoredEvent, StoredOrder } from "@docdata/application"

/** The specification's advice; receivers may refuse more. */
export const webhookBytesMax = 20_000

const textOf = (type: string, atMs: number, data: unknown): string =>
  JSON.stringify({ type, timestamp: new Date(atMs).toISOString(), data })

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

/** The text that is signed and sent. */
export const webhookBody = (event: PublishedEvent, order: PublishedOrder): string => {
  const { type, ...events } = event.payload
  return textOf(type, event.occurredAtMs, {
    eventId: event.id,
    merchant: event.merchant,
    order: {
      id: order.id,
      shopReference: order.shopReference,
      orderReference: order.orderReference,
      orderAttempt: order.orderAttempt,
      currency: order.currency,
      grossMinor: order.grossMinor
    },
    revision: event.revision,
    position: event.position,
    ...events
  })
}

/** The text of a message that tells of nothing and only shows that messages arrive. */
export const testWebhookBody = (endpointId: string, { atMs, id }: { readonly atMs: number; readonly id: string }) =>
  textOf("webhook.test", atMs, { eventId: id, endpointId })
