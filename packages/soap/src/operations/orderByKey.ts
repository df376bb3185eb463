/**
 * The body that cancel, status, extended status and the list of payment methods have in common.
 */
import type { OrderByKey } from "@docdata/application"
import { needed, type RequestWriter } from "../request/RequestWriter.ts"
import { orderKey } from "../request/Rule.ts"

const orderKeyLeaf = needed<OrderByKey>("paymentOrderKey", "orderKey", orderKey)

/** Source: Docdata XSD 1.3, `statusRequest` and its twins. */
export const writeOrderByKey = (writer: RequestWriter, input: OrderByKey): void => writer.leaves(input, [orderKeyLeaf])
