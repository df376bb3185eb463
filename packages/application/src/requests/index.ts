/**
 * What a request may hold: the rules of single values, and what of a whole request breaks one. For gateways and use
 * cases, so that what would be refused is refused before anything is stored.
 */
export * from "./adjustOrder.ts"
export * from "./refuseViolations.ts"
export * from "./requestProblems.ts"
export * from "./Rule.ts"
