/**
 * The HTTP API as data: operations, views, requests, problems and webhook bodies. A typed client, the OpenAPI document and
 * the handlers of the service all come from here.
 */
export { AnomalyQuery, AnomalyView } from "./Anomalies.ts"
export { type ApiKeyScope, apiKeyScopes, Authorization, Caller, RequestShape } from "./Authorization.ts"
export { DocdataApi } from "./DocdataApi.ts"
export { EventView } from "./Events.ts"
export { MerchantView } from "./Merchants.ts"
export { ExplanationView, ModificationView, ObservationPage, OrderSummary, OrderView } from "./OrderView.ts"
export { operationTexts } from "./operationTexts.ts"
export { MenuUrlQuery, ProceededView, StartedView } from "./Payments.ts"
export { type CodesOf, type Problem, problem, problemCatalogue, type ProblemCode } from "./problemCatalogue.ts"
export { ListQuery, ObservationQuery } from "./requests.ts"
export { WebhookEventType, WebhookPayload } from "./WebhookPayload.ts"
export { AddEndpointRequest, DeliveryPage, DeliveryView, RevealedEndpoint, TestView } from "./WebhookView.ts"
