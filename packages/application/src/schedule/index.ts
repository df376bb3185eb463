/**
 * Refreshing orders that nobody notified us of.
 */
export * from "./RefreshBudget.ts"
export * from "./refreshDueOrders.ts"
