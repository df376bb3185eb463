/**
 * The order in an address.
 */
import { field } from "../field.ts"
import { text } from "../text.ts"

export const orderId = { orderId: field(text(100), "The service's own id of the order.", "ord_4K7Q2M") }
