/**
 * What the shop's own order becomes when a payment order changes.
 */
export * from "./shopEvents.ts"
