/**
 * What is true of an order after something was done about it, in one line for people.
 */
import type { StoredOrder } from "@docdata/application"
import { Amount } from "@docdata/domain"
import { printable } from "@docdata/service/text"

/** `the order is paid, goods: ship`. */
export const stateText = ({ state: { fulfilment, hold, status } }: StoredOrder): string =>
  `the order is ${status}, goods: ${fulfilment}${hold === undefined ? "" : `, on hold: ${hold}`}`

/** `order ord_4K7Q (web-1001, 49.90 EUR, paid)`: what somebody is asked to agree about. */
export const askedAbout = ({ currency, grossMinor, id, shopReference, state }: StoredOrder): string =>
  `order ${id} (${printable(shopReference)}, ${Amount.format({ minor: grossMinor, currency })}, ${state.status})`
