/**
 * Use cases and ports around the decision; no I/O of its own.
 */
export * from "./gateway/Buyer.ts"
export * from "./gateway/CancelResult.ts"
export * from "./gateway/CaptureInput.ts"
export * from "./gateway/CreateOrderInput.ts"
export * from "./gateway/Exchange.ts"
export * from "./gateway/GatewayFailure.ts"
export * from "./gateway/Merchant.ts"
export * from "./gateway/Operation.ts"
export * from "./gateway/OrderByKey.ts"
export * from "./gateway/PaymentMethods.ts"
export * from "./gateway/paymentMenuUrl.ts"
export * from "./gateway/PaymentResponse.ts"
export * from "./gateway/ProceedInput.ts"
export * from "./gateway/RefundInput.ts"
export * from "./gateway/StartPaymentInput.ts"
export * from "./ports/PaymentGateway.ts"
