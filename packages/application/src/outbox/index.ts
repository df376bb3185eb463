/**
 * Events on their way to those who subscribed to them.
 */
export * from "./redeliverDeadLetters.ts"
export * from "./relayEvents.ts"
export * from "./wakeRelay.ts"
