/**
 * Orders, captures and refunds in one line for people.
 */
import type { Modification, OrderSummary } from "@docdata/contract"
import { Amount } from "@docdata/domain"
import { printable } from "@docdata/service/text"

type Summary = typeof OrderSummary.Type

/** `the order is paid, goods: ship`: what is true after something was done. */
export const stateText = ({ fulfilment, hold, status }: Summary): string =>
  `the order is ${status}, goods: ${fulfilment}${hold === undefined ? "" : `, on hold: ${hold}`}`

/** `order ord_4K7Q (web-1001, 49.90 EUR, paid)`: what somebody is asked to agree about. */
export const askedAbout = ({ amount, id, shopReference, status }: Summary): string =>
  `order ${id} (${printable(shopReference)}, ${Amount.format(amount)}, ${status})`

/** `order ord_4K7Q (web-1001)`. */
export const shortName = ({ id, shopReference }: Summary): string => `order ${id} (${printable(shopReference)})`

/** Its captureReference or refundReference. */
export const referenceOf = (modification: typeof Modification.Type): string =>
  modification.kind === "capture" ? modification.captureReference : modification.refundReference

/** `refund r-1 of 9.90 EUR`. */
export const modificationText = (modification: typeof Modification.Type): string =>
  `${modification.kind} ${printable(referenceOf(modification))} of ${Amount.format(modification.amount)}`
