/**
 * Reading one stored order with its account's credentials, and committing a change of it under its revision.
 */
export * from "./UseCaseFailure.ts"
export * from "./changeOrder.ts"
export * from "./commitObserved.ts"
export * from "./credentialsFor.ts"
export * from "./openOrder.ts"
