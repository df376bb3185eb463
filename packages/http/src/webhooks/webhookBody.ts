/**
 * What a webhook tells about an event: the order it is about and what changed. No shopper data.
 *
 * Everything in it is as old as the event and never changes, so that a repeated delivery is the same to the byte.
 */
import type { StoredEvent, StoredOrder } from "@docdata/application"

/** The specification's advice; receivers may refuse more. */
export const webhookBytesMax = 20_000

/** The text that is signed and sent. */
export const webhookBody = (event: StoredEvent, order: StoredOrder): string => {
  const { type, ...news } = event.news
  return JSON.stringify({
    type,
    timestamp: new Date(event.occurredAtMs).toISOString(),
    data: {
      eventId: event.id,
      merchant: event.merchant,
      order: {
        id: order.id,
        shopReference: order.shopReference,
        reference: order.reference,
        attempt: order.attempt,
        currency: order.currency,
        grossMinor: order.grossMinor
      },
      revision: event.revision,
      position: event.position,
      ...news
    }
  })
}
