/**
 * A capture or refund in one line for people.
 */
import type { Modification } from "@docdata/application"
import { Amount } from "@docdata/domain"
import { printable } from "../text/printable.ts"

/** `refund r-1 of 9.90 EUR`. */
export const modificationText = ({ amountMinor, currency, kind, reference }: Modification): string =>
  `${kind} ${printable(reference)} of ${Amount.format({ minor: amountMinor, currency })}`
