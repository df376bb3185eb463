/**
 * The `PaymentGateway` over HTTPS.
 */
export * as SoapGateway from "./SoapGateway.ts"
export { defaultEndpoints, docdataHosts, EndpointFailure, type Endpoints, servicePath } from "../transport/Endpoint.ts"
export { defaultTransportLimits, LimitFailure, type TransportLimits } from "../transport/Limits.ts"
