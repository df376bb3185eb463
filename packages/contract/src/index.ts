/**
 * The HTTP API as data: operations, views, requests, problems and webhook bodies. A typed client, the OpenAPI document and
 * the handlers of the service all come from here.
 */
export { Anomalies as AnomaliesGroup, Anomaly, AnomalyQuery } from "./anomalies/anomaliesApi.ts"
export { type ApiKeyScope, apiKeyScopes, Authorization, Caller, RequestShape } from "./Authorization.ts"
export { apiOf } from "./apiOf.ts"
export { DocdataApi } from "./DocdataApi.ts"
export { type GroupName, groups } from "./groups.ts"
export { Events as EventsGroup } from "./events/eventsApi.ts"
export { Event, EventPage, type EventType, eventTypes } from "./events/Event.ts"
export { WebhookBody } from "./events/WebhookBody.ts"
export { Merchant, Merchants as MerchantsGroup } from "./merchants/merchantsApi.ts"
export {
  Capture,
  CaptureRequest,
  Modification,
  Refund,
  RefundAccount,
  RefundRequest,
  ResolveRequest
} from "./modifications/Modification.ts"
export {
  Captures as CapturesGroup,
  Modifications as ModificationsGroup,
  Refunds as RefundsGroup
} from "./modifications/modificationsApi.ts"
export { Money } from "./Money.ts"
export { ShopOrder, ShopOrders as ShopOrdersGroup } from "./shopOrders/shopOrdersApi.ts"
export { Notification, Notifications as NotificationsGroup } from "./notifications/notificationsApi.ts"
export { type DescribedOperation, type OpenApiDocument, openApiDocument } from "./openApi/openApiDocument.ts"
export type { JsonSchema } from "./openApi/tidySchema.ts"
export { CreateOrderRequest, orderTexts } from "./orders/CreateOrderRequest.ts"
export {
  DecisionView,
  Explanation,
  FindingView,
  Observation,
  ObservationPage,
  PolicyView,
  Preview,
  Timeline
} from "./orders/Explanation.ts"
export { CancelResult, ClearedHold, Order, OrderSummary, Payment, PaymentMethods, Totals } from "./orders/Order.ts"
export { ObservationQuery, OrderQuery, Orders as OrdersGroup, ReplayQuery } from "./orders/ordersApi.ts"
export {
  ChargedPayment,
  MenuUrl,
  MenuUrlQuery,
  Payments as PaymentsGroup,
  ProceededPayment,
  StartedPayment
} from "./payments/paymentsApi.ts"
export { ChargeRequest, ProceedRequest, StartRequest } from "./payments/StartRequest.ts"
export {
  type FieldError,
  type Problem,
  problem,
  problemCatalogue,
  type ProblemCode,
  type ProblemExit,
  type ProblemWith
} from "./problemCatalogue.ts"
export { Delivery, DeliveryPage, DeliverySummary, Redelivered, WebhookTest } from "./deliveries/Delivery.ts"
export { AddEndpointRequest, RevealedWebhookEndpoint, WebhookEndpoint } from "./webhooks/WebhookEndpoint.ts"
export {
  WebhookDeliveries as WebhookDeliveriesGroup,
  WebhookEndpoints as WebhookEndpointsGroup
} from "./webhooks/webhooksApi.ts"
