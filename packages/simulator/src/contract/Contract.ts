/** The nine operations of the Order API 1.3 with their namespaces and the names of their messages. */
import type { ComplexType } from "./ContentModel.ts"
import { replyTypes } from "./replies.ts"
import { requestTypes } from "./requests.ts"

export const messageNamespace = "http://www.docdatapayments.com/services/paymentservice/1_3/"
export const wsdlNamespace = `${messageNamespace}paymentservice.wsdl`
export const soapNamespace = "http://schemas.xmlsoap.org/soap/envelope/"
export const servicePath = "/ps/services/paymentservice/1_3"

/** One operation: its SOAPAction is its name; the reply holds `<stem>Success` or `<stem>Errors`. */
export interface Operation {
  readonly name: OperationName
  readonly request: keyof typeof requestTypes
  readonly reply: keyof typeof replyTypes
  readonly stem: string
  readonly meaning: string
}

export type OperationName =
  | "create"
  | "start"
  | "proceed"
  | "cancel"
  | "capture"
  | "refund"
  | "status"
  | "statusExtended"
  | "listPaymentMethods"

export const operations: ReadonlyArray<Operation> = [
  {
    name: "create",
    request: "createRequest",
    reply: "createResponse",
    stem: "create",
    meaning: "Registers an order and returns its key."
  },
  {
    name: "start",
    request: "startRequest",
    reply: "startResponse",
    stem: "start",
    meaning: "Starts a payment without the hosted menu."
  },
  {
    name: "proceed",
    request: "proceedRequest",
    reply: "proceedResponse",
    stem: "proceed",
    meaning: "Goes on after the shopper came back from a bank."
  },
  {
    name: "cancel",
    request: "cancelRequest",
    reply: "cancelResponse",
    stem: "cancel",
    meaning: "Gives up an order that is not captured yet."
  },
  {
    name: "capture",
    request: "captureRequest",
    reply: "captureResponse",
    stem: "capture",
    meaning: "Files a request to take authorised money."
  },
  {
    name: "refund",
    request: "refundRequest",
    reply: "refundResponse",
    stem: "refund",
    meaning: "Files a request to return captured money."
  },
  {
    name: "status",
    request: "statusRequest",
    reply: "statusResponse",
    stem: "status",
    meaning: "Reports totals and payments of an order."
  },
  {
    name: "statusExtended",
    request: "extendedStatusRequest",
    reply: "extendedStatusResponse",
    stem: "status",
    meaning: "The same report with facts of each payment method."
  },
  {
    name: "listPaymentMethods",
    request: "listPaymentMethodsRequest",
    reply: "listPaymentMethodsResponse",
    stem: "listPaymentMethods",
    meaning: "Lists the methods an order can be paid with."
  }
]

/** The operation whose request has this root element. */
export const operationByRequest = (root: string): Operation | undefined =>
  operations.find(({ request }) => request === root)
/** The operation of a SOAPAction header, which may be in quotes. */
export const operationByAction = (header: string | undefined): Operation | undefined =>
  operations.find(({ name }) => name === header?.trim().replaceAll("\"", ""))

export const typeOfRequest = (operation: Operation): ComplexType => requestTypes[operation.request]
export const typeOfReply = (operation: Operation): ComplexType => replyTypes[operation.reply]

/** Every global element of the schema. */
export const globalElements: ReadonlyMap<string, ComplexType> = new Map(
  operations.flatMap((operation) => [
    [operation.request, typeOfRequest(operation)] as const,
    [operation.reply, typeOfReply(operation)] as const
  ])
)
