import type { DeliveryLog, OrderStore, Outbox, WebhookEndpoints } from "@docdata/application"

/** What the cases about webhooks need of a store. */
export type WebhookStores = OrderStore | Outbox | WebhookEndpoints | DeliveryLog
