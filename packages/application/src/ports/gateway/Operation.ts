/**
 * The nine operations of Order API 1.3, under the names of its contract.
 */

/** Source: Docdata WSDL 1.3, port type `PaymentServiceSOAP`. */
export type Operation =
  | "create"
  | "start"
  | "proceed"
  | "cancel"
  | "capture"
  | "refund"
  | "status"
  | "statusExtended"
  | "listPaymentMethods"

/** All nine, in the order of an order's life. */
export const operations: ReadonlyArray<Operation> = [
  "create",
  "start",
  "proceed",
  "cancel",
  "capture",
  "refund",
  "status",
  "statusExtended",
  "listPaymentMethods"
]

/**
 * True for the three operations that change nothing at Docdata. They may be repeated whatever became of an
 * earlier call; the other six may not, unless it is certain that the earlier request was never sent.
 */
export const onlyReads = (operation: Operation): boolean => {
  switch (operation) {
    case "status":
    case "statusExtended":
    case "listPaymentMethods":
      return true
    case "create":
    case "start":
    case "proceed":
    case "cancel":
    case "capture":
    case "refund":
      return false
  }
}
