/**
 * A capture or refund in one line for people.
 */
import type { Movement } from "@docdata/application"
import { Amount } from "@docdata/domain"
import { printable } from "@docdata/service/text"

/** `refund r-1 of 9.90 EUR`. */
export const movementText = ({ amountMinor, currency, kind, reference }: Movement): string =>
  `${kind} ${printable(reference)} of ${Amount.format({ minor: amountMinor, currency })}`
