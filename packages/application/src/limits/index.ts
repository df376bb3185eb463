/**
 * How much work is under way at once, and how long to wait before the next try.
 */
export * from "./WorkSlots.ts"
export * from "./monotonicMs.ts"
export * from "./retryDelay.ts"
