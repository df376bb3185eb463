/**
 * Captures and refunds: making them, and resolving those whose outcome is unknown.
 */
export * from "./moveMoney.ts"
export * from "./settleMovement.ts"
