/**
 * The decision: what is the status of a Docdata order, and why. Pure functions and data.
 *
 * Schemas of the same types are in `@docdata/domain/schema`, apart, so that an embedder who only decides
 * does not carry them.
 */
export * from "./ApproximateTotals.ts"
export * as AuthorizationStatus from "./AuthorizationStatus.ts"
export * as Currency from "./Currency.ts"
export * from "./Decision.ts"
export * from "./defaultPolicy.ts"
export * from "./explain.ts"
export * as Figures from "./Figures.ts"
export type { Money } from "./Money.ts"
export * as Amount from "./Money.ts"
export * from "./Intent.ts"
export * from "./Invoice.ts"
export * from "./Order.ts"
export * from "./OrderEvent.ts"
export * from "./OrderStatus.ts"
export * from "./PaymentInfo.ts"
export * from "./PaymentLine.ts"
export * as PaymentId from "./PaymentId.ts"
export * from "./PaymentRow.ts"
export * from "./Policy.ts"
export * from "./StatusReport.ts"
export * from "./Finding.ts"
export * from "./texts/comparisonText.ts"
export * from "./texts/findingTexts.ts"
export * from "./reconcile.ts"
