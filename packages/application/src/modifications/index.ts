/**
 * Captures and refunds: making them, and resolving those whose outcome is unknown.
 */
export type { RefundOptions } from "./modificationInput.ts"
export * from "./modifyPayment.ts"
export * from "./resolveModification.ts"
