/**
 * Findings of the legacy rule sets: the warnings and errors that the reference logs.
 */

/** One warning or error of the reference, as data. */
export type LegacyFinding =
  | { readonly kind: "legacy-report-refused"; readonly missing: string }
  | { readonly kind: "order-status-unknown"; readonly status: string }
  | { readonly kind: "unclear-totals" }
  | { readonly kind: "negative-sum" }
  | { readonly kind: "unhandled-totals" }
  | { readonly kind: "total-mismatch"; readonly registered: number; readonly gross: number }
  | { readonly kind: "legacy-unknown-status-word"; readonly paymentId: string; readonly word: string }
  | { readonly kind: "legacy-payment-method-changed"; readonly paymentId: string }
