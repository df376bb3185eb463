/**
 * What proves that an adapter keeps its port: conformance suites for any test runner.
 */
export * from "./conformance/Case.ts"
export * from "./conformance/suites.ts"
