/**
 * The merchant accounts of a process.
 */
export * from "./layerMerchants.ts"
