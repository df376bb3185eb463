/**
 * Why a row of django-oscar-docdata stays behind, and what can be done.
 */
import type { ImportFailure } from "@docdata/sql"

export const failureText = (reason: ImportFailure): string => {
  switch (reason) {
    case "unknown-merchant":
      return "no account has its merchant name as login: add one, then run again"
    case "no-order-key":
      return "it has no order key, so Docdata never knew it"
    case "no-reference":
      return "it has no reference, so no notification could name it"
    case "unreadable-text":
      return "a text is missing or holds what is no character"
    case "unknown-status":
      return "its status is none of the ten"
    case "unreadable-amount":
      return "an amount is no number, or has more than two decimals"
    case "unreadable-currency":
      return "its currency is no ISO code"
    case "unreadable-time":
      return "its time of creation cannot be read"
    case "payment-id":
      return "the payment's id is no number, so Docdata never gave it"
    case "payment-doubled":
      return "another payment of the order has its id"
    case "no-order":
      return "its order is not there"
    case "order-key-taken":
      return "another order of the account has its key"
  }
}
