/**
 * Refreshing an order from the provider's report, and when to do it next.
 */
export * from "./SingleFlight.ts"
export * from "./refreshSchedule.ts"
export * from "./modificationsAfter.ts"
export * from "./explainOrder.ts"
export * from "./previewOrder.ts"
export * from "./refreshOrder.ts"
