/**
 * The `PaymentGateway` over HTTPS.
 */
export * as SoapGateway from "../SoapGateway.ts"
export { defaultEndpoints, docdataHosts, EndpointRefused, type Endpoints, servicePath } from "../transport/Endpoint.ts"
export { defaultTransportLimits, LimitRefused, type TransportLimits } from "../transport/Limits.ts"
