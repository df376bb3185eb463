/**
 * Captures and refunds: making them, and resolving those whose outcome is unknown.
 */
export type { MoneyWish, RefundWish } from "./modificationInput.ts"
export * from "./moveMoney.ts"
export * from "./settleMovement.ts"
