/**
 * Endpoints and attempts of the webhook cases. Times are milliseconds after the start.
 */
import { type DeliveryAttempt, type NewEndpoint, WebhookEndpoints } from "@docdata/application"
import { eventId } from "@docdata/domain"
import { confirmed, startMs } from "../sample.ts"

export const newEndpoint = (number: number, over: Partial<NewEndpoint> = {}): NewEndpoint => ({
  id: `whe_${number}`,
  merchants: "all",
  url: `https://shop.example/hooks/${number}`,
  types: "all",
  signature: "v1",
  createdAtMs: startMs + number,
  ...over
})

/** An endpoint that was added. */
export const added = (number: number, over: Partial<NewEndpoint> = {}) =>
  WebhookEndpoints.use((store) => store.add(newEndpoint(number, over)))

/** Endpoint 1 as one who receives events. */
export const endpointSubscriber = { name: "whe_1", types: "all", isStoredEndpoint: true } as const

/** An order that endpoint 1 was told of: there is a delivery for attempts. */
export const publishedEndpoint = (number: number) => confirmed(number, { subscribers: ["whe_1"] })

/** An attempt at the first event of an order for endpoint 1; what was answered is a status, else a fault. */
export const attempt = (number: number, afterMs: number, answered: number | string): DeliveryAttempt => ({
  subscriber: "whe_1",
  eventId: eventId(`order-${number}`, 1, 0),
  atMs: startMs + afterMs,
  durationMs: 40,
  outcome: typeof answered === "number" ? { status: answered } : { fault: answered }
})
