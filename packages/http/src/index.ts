/**
 * The service over HTTP: endpoints for Docdata and for shoppers, a REST API for the shop, signed webhooks to it.
 */
export { layerWebhooks, type WebhookEndpoint, type WebhookOptions, WebhookRefused } from "./webhooks/layerWebhooks.ts"
export { webhookBytesMax } from "./webhooks/webhookBody.ts"
export { webhookHeaders, type WebhookMessage } from "./webhooks/webhookHeaders.ts"
export { makeWebhookSecret } from "./webhooks/WebhookSecret.ts"
