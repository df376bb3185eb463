/**
 * How much work is under way at once, and how long to wait before the next try.
 */
export * from "./WorkCapacity.ts"
export * from "./retryDelay.ts"
