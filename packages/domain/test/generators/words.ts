/**
 * Every word the provider documents or has used, and some that nobody knows.
 */

/** The 18 words of schema 1.3. */
export const statusTexts = [
  "NEW",
  "STARTED",
  "RISK_CHECK_OK",
  "RISK_CHECK_FAILED",
  "START_ERROR",
  "AUTHENTICATED",
  "REDIRECTED_FOR_AUTHENTICATION",
  "REDIRECTED_FOR_AUTHORIZATION",
  "AUTHENTICATION_FAILED",
  "AUTHENTICATION_ERROR",
  "AUTHORIZATION_REQUESTED",
  "AUTHORIZED",
  "AUTHORIZATION_FAILED",
  "AUTHORIZATION_ERROR",
  "CANCELED",
  "CANCEL_REQUESTED",
  "CANCEL_FAILED",
  "CANCEL_ERROR"
] as const

/** The six of the older Command API. */
export const commandApiWords = [
  "PAID",
  "CONFIRMED_PAID",
  "CLOSED_SUCCESS",
  "CLOSED_CANCELED",
  "CHARGED-BACK",
  "CONFIRMED_CHARGEDBACK"
] as const

/** Words that mean: this attempt is over and failed. */
export const failedStatuses = [
  "RISK_CHECK_FAILED",
  "START_ERROR",
  "AUTHENTICATION_FAILED",
  "AUTHENTICATION_ERROR",
  "AUTHORIZATION_FAILED",
  "AUTHORIZATION_ERROR"
] as const

/** Words that stand in no document, near misses and names of object members among them. */
export const unknownStatuses = [
  "SETTLED",
  "authorized",
  "AUTHORISED",
  "PAID_OUT",
  "constructor",
  "__proto__",
  ""
] as const

export const confidenceStatuses = ["ACQUIRER_APPROVED", "ACQUIRER_PENDING", "SHOPPER_PENDING"] as const

export const captureStatuses = ["CAPTURED", "NEW", "STARTED", "CANCELED", "FAILED", "ERROR"] as const
export const refundStatuses = ["CAPTURED", "NEW", "STARTED", "CANCELED", "FAILED", "ERROR"] as const
export const chargebackStatuses = ["CHARGED", "CAPTURED", "REVERSED"] as const

/** Methods with an approval that is worth something, and others. */
export const methods = ["IDEAL", "VISA", "SEPA_DIRECT_DEBIT", "BANK_TRANSFER", "KLARNA_INVOICE"] as const

export const currencies = ["EUR", "USD", "JPY"] as const
