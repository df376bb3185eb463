/**
 * From an input to the exact text that is posted.
 */
import type { InputOf, Merchant, Operation, RefusedBeforeSending, Shortened } from "@docdata/application"
import { writeCapture } from "./operations/capture.ts"
import { writeCreate } from "./operations/create.ts"
import { writeOrderByKey } from "./operations/orderByKey.ts"
import { writeProceed } from "./operations/proceed.ts"
import { writeRefund } from "./operations/refund.ts"
import { writeStart } from "./operations/start.ts"
import { type IntegrationInfo, writeIntegrationInfo } from "./request/integrationInfo.ts"
import { RequestWriter } from "./request/RequestWriter.ts"
import { writeMerchant } from "./request/writeMerchant.ts"

// The trailing slash belongs to it.
const messageNamespace = "http://www.docdatapayments.com/services/paymentservice/1_3/"
const envelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/"
// A bill of a thousand lines with long texts is about 2 million characters; more is a mistake of the caller.
const requestLengthMax = 4_000_000

/** The contract calls one operation and its message by different words. */
const rootByOperation: Readonly<Record<Operation, string>> = {
  create: "createRequest",
  start: "startRequest",
  proceed: "proceedRequest",
  cancel: "cancelRequest",
  capture: "captureRequest",
  refund: "refundRequest",
  status: "statusRequest",
  statusExtended: "extendedStatusRequest",
  listPaymentMethods: "listPaymentMethodsRequest"
}

type Writers = {
  readonly [O in Operation]: (writer: RequestWriter, input: InputOf<O>, writeIntegrationInfo: () => void) => void
}

const ending =
  <Input>(write: (writer: RequestWriter, input: Input) => void) =>
  (writer: RequestWriter, input: Input, writeInfo: () => void): void => {
    write(writer, input)
    writeInfo()
  }

const writers: Writers = {
  create: writeCreate,
  start: ending(writeStart),
  proceed: ending(writeProceed),
  cancel: ending(writeOrderByKey),
  capture: ending(writeCapture),
  refund: ending(writeRefund),
  status: ending(writeOrderByKey),
  statusExtended: ending(writeOrderByKey),
  listPaymentMethods: ending(writeOrderByKey)
}

export interface EncodeOptions {
  readonly integration?: IntegrationInfo
  /**
   * What becomes of names, streets and descriptions that are too long: refused (default), or cut and reported in
   * `shortened`. References, codes, keys, mail addresses, phones and account numbers are never cut.
   */
  readonly overlongText?: "refuse" | "shorten"
  /** Asks the server for dummy elements wherever the schema may grow. For testing readers against the test system. */
  readonly testExtensibility?: boolean
}

/** A request that keeps every rule of the schema. `xml` holds the password: it is for the socket only. */
export interface EncodedRequest {
  readonly operation: Operation
  /** Value of the HTTP header of that name: the operation in quotes. */
  readonly soapAction: string
  /** The whole envelope. */
  readonly xml: string
  readonly shortened: ReadonlyArray<Shortened>
}

/**
 * The envelope for one call, or everything that is wrong with the input at once. Pure: the same input gives the
 * same text.
 *
 * Source: Docdata XSD 1.3 and WSDL 1.3.
 */
export const encodeRequest = <O extends Operation>(
  operation: O,
  { merchant, input }: { readonly merchant: Merchant; readonly input: InputOf<O> },
  options: EncodeOptions = {}
): EncodedRequest | RefusedBeforeSending => {
  const writer = new RequestWriter({ shorten: options.overlongText === "shorten" })
  const write: Writers[O] = writers[operation]
  const attributes = {
    xmlns: messageNamespace,
    version: "1.3",
    testExtensibility: options.testExtensibility === undefined ? undefined : String(options.testExtensibility)
  }
  writer.element(
    "soapenv:Envelope",
    { "xmlns:soapenv": envelopeNamespace },
    () =>
      writer.element("soapenv:Body", {}, () =>
        writer.element(rootByOperation[operation], attributes, () => {
          writeMerchant(writer, merchant, operation)
          writer.object("", input, () => write(writer, input, () => writeIntegrationInfo(writer, options.integration)))
        }))
  )
  if (writer.text.length > requestLengthMax) {
    const message = `a request of at most ${requestLengthMax} characters`
    writer.refuse("input", { limit: `text-${requestLengthMax}`, message }, "request that is larger")
  }
  const [first, ...rest] = writer.problems
  return first === undefined
    ? {
      operation,
      soapAction: `"${operation}"`,
      xml: `<?xml version="1.0" encoding="UTF-8"?>${writer.text}`,
      shortened: writer.shortened
    }
    : { _tag: "RefusedBeforeSending", problems: [first, ...rest] }
}

/** True if the input was refused. */
export const isRefusedBeforeSending = (
  encoded: EncodedRequest | RefusedBeforeSending
): encoded is RefusedBeforeSending => "problems" in encoded
