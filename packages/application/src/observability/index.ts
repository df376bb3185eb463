/**
 * What is counted, measured and traced.
 */
export * from "./counts.ts"
export * from "./measureBacklogs.ts"
export * from "./traceContext.ts"
