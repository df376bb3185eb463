/**
 * The service over HTTP: endpoints for Docdata and for shoppers, a REST API for the shop, signed webhooks to it.
 */
export { type ApiKey, hashApiKey, makeApiKey } from "./access/ApiKeys.ts"
export type { OnReturn, ShopperReturn } from "./callbacks/OnReturn.ts"
export { DocdataApi } from "./api/DocdataApi.ts"
export type { Problem, ProblemCode } from "./api/problemCatalogue.ts"
export { createHandler, type Mounted, type MountOptions } from "./serve/createHandler.ts"
export type { Handler } from "./serve/guard.ts"
export { listen, ListenFailed, type ListenOptions } from "./serve/listen.ts"
export { nodeListener, type SourceOf } from "./serve/nodeListener.ts"
export { type HandlerOptions, makeHandler, type Ports } from "./serve/makeHandler.ts"
export { type Destinations, type Outcome, type Settings, SettingsRefused } from "./ServiceSettings.ts"
export { layerWebhooks, type WebhookEndpoint, type WebhookOptions, WebhookRefused } from "./webhooks/layerWebhooks.ts"
export { webhookBytesMax } from "./webhooks/webhookBody.ts"
export { webhookHeaders, type WebhookMessage } from "./webhooks/webhookHeaders.ts"
export { makeWebhookSecret } from "./webhooks/WebhookSecret.ts"
