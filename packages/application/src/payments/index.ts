/**
 * Payments of an order: starting, proceeding, charging again, and the ways to pay.
 */
export * from "./chargeRecurring.ts"
export * from "./listPaymentMethods.ts"
export * from "./orderMenuUrl.ts"
export * from "./proceedOnReturn.ts"
export * from "./proceedPayment.ts"
export * from "./startPayment.ts"
