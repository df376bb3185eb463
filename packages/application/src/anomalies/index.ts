/**
 * What needs a person's eye: which anomalies a report gives, and raising one.
 */
export * from "./anomaliesAfter.ts"
export * from "./raiseAnomaly.ts"
