/**
 * Schemas of the kernel's types, for the edges: decode here, trust inside.
 *
 * Apart from `@docdata/domain`, so that deciding alone stays small. Every schema has exactly the type of
 * the same name there. Decoding fails where a field is missing or of another type, an amount is no safe integer, or a
 * currency is not three capitals; unknown fields are left out. Status words and methods are open text and never fail.
 */
export * from "./Money.ts"
export * from "./Order.ts"
export * from "./Outcome.ts"
export * from "./Policy.ts"
export * from "./StatusReport.ts"
