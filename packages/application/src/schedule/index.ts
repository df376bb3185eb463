/**
 * Refreshing orders that nobody notified us of.
 */
export * from "./CheckBudget.ts"
export * from "./recheckOrders.ts"
