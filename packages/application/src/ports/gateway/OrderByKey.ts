/**
 * Naming an order to cancel it or to ask about it.
 */

/** Source: Docdata XSD 1.3, `paymentOrderKey`. */
export interface OrderByKey {
  /** 32 capitals and digits, as `create` answered. Not the merchant's reference. */
  readonly orderKey: string
}
