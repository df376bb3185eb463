/**
 * Schemas of the kernel's types, for the edges: decode here, trust inside.
 *
 * Apart from `@docdata/domain`, so that deciding alone stays small. Every schema has exactly the type of
 * the same name there.
 */
export * from "./Money.ts"
export * from "./Order.ts"
export * from "./Outcome.ts"
export * from "./Policy.ts"
export * from "./StatusReport.ts"
