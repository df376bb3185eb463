/**
 * From the bytes of a request to the bytes of its reply: envelope, contract, credentials, operation, in this order.
 * Nothing here knows of HTTP or of faults.
 */
import type { Operation } from "../contract/Contract.ts"
import { messageNamespace, operationByRequest, soapNamespace, typeOfRequest } from "../contract/Contract.ts"
import type { Violation } from "../contract/validate.ts"
import { validate } from "../contract/validate.ts"
import type { Merchant } from "../Merchant.ts"
import type { Answer } from "../replies/replyEnvelope.ts"
import { faultAnswer, replyAnswer } from "../replies/replyEnvelope.ts"
import type { World } from "../World.ts"
import { isRefused, readXml } from "../xml/readXml.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import { childOf } from "../xml/XmlElement.ts"
import { cancelOrder } from "./cancelOrder.ts"
import { capturePayment } from "./capturePayment.ts"
import { createOrder } from "./createOrder.ts"
import { listPaymentMethods } from "./listPaymentMethods.ts"
import { orderStatus, orderStatusExtended } from "./orderStatus.ts"
import type { Call, Outcome } from "./Outcome.ts"
import { refused } from "./Outcome.ts"
import { proceedPayment } from "./proceedPayment.ts"
import type { RequestError } from "./RequestError.ts"
import { loginFailed, schemaViolated } from "./RequestError.ts"
import { refundPayment } from "./refundPayment.ts"
import { startPayment } from "./startPayment.ts"

/** A request as far as it was understood. */
export type ReadRequest =
  | { readonly kind: "unreadable"; readonly reason: string }
  | { readonly kind: "no-operation"; readonly root: XmlElement | undefined }
  | {
    readonly kind: "request"
    readonly operation: Operation
    readonly root: XmlElement
    readonly violation: Violation | undefined
  }

/** Reads the envelope, finds the operation by its root element as the real service does, and checks the contract. */
export const readRequest = (text: string): ReadRequest => {
  const envelope = readXml(text)
  if (isRefused(envelope)) return { kind: "unreadable", reason: envelope.reason }
  if (envelope.name !== "Envelope" || envelope.namespace !== soapNamespace) {
    return { kind: "unreadable", reason: "The message is no SOAP 1.1 envelope." }
  }
  const body = childOf(envelope, "Body")
  const root = body?.namespace === soapNamespace && body.children.length === 1 ? body.children[0] : undefined
  const operation = root?.namespace === messageNamespace ? operationByRequest(root.name) : undefined
  if (root === undefined || operation === undefined) return { kind: "no-operation", root }
  return { kind: "request", operation, root, violation: validate(root, typeOfRequest(operation)) }
}

export interface AnswerOptions {
  readonly origin: string
  readonly decline?: Call["decline"]
  /** Answer with these errors and do nothing. */
  readonly errors?: ReadonlyArray<RequestError>
}

/** Answers a request that was read, changing the world as the operation does. */
export const answerRequest = (world: World, read: ReadRequest, options: AnswerOptions): Answer => {
  switch (read.kind) {
    case "unreadable":
      return faultAnswer("Client", `Couldn't create SOAP message due to exception: ${read.reason}`)
    case "no-operation":
      return faultAnswer(
        "Client",
        `Cannot find dispatch method for {${read.root?.namespace ?? ""}}${read.root?.name ?? ""}`
      )
    case "request": {
      const extensible = read.root.attributes.get("testExtensibility")?.trim() ?? "false"
      const outcome = options.errors === undefined ? outcomeOf(world, read, options) : refused(...options.errors)
      return replyAnswer(read.operation, outcome, {
        version: world.settings.version,
        extensible: extensible === "true" || extensible === "1"
      })
    }
  }
}

const outcomeOf = (world: World, read: ReadRequest & { readonly kind: "request" }, options: AnswerOptions): Outcome => {
  if (read.violation !== undefined) return refused(schemaViolated(read.violation.message))
  const merchant = authenticated(world, childOf(read.root, "merchant"))
  if (merchant === undefined) return refused(loginFailed)
  const { decline, origin } = options
  return operate(read.operation, {
    world,
    merchant,
    request: read.root,
    origin,
    ...(decline === undefined ? {} : { decline })
  })
}

const authenticated = (world: World, given: XmlElement | undefined): Merchant | undefined => {
  const merchant = world.merchants.get(given?.attributes.get("name") ?? "")
  if (merchant === undefined || merchant.blocked === true || merchant.password !== given?.attributes.get("password")) {
    return undefined
  }
  const subject = childOf(given, "subjectMerchant")
  const tokens = merchant.subjectTokens
  if (subject === undefined || tokens === undefined) return merchant
  const name = subject.attributes.get("name") ?? ""
  return Object.hasOwn(tokens, name) && tokens[name] === subject.attributes.get("token") ? merchant : undefined
}

const operate = (operation: Operation, call: Call): Outcome => {
  switch (operation.name) {
    case "create":
      return createOrder(call)
    case "start":
      return startPayment(call)
    case "proceed":
      return proceedPayment(call)
    case "cancel":
      return cancelOrder(call)
    case "capture":
      return capturePayment(call)
    case "refund":
      return refundPayment(call)
    case "status":
      return orderStatus(call)
    case "statusExtended":
      return orderStatusExtended(call)
    case "listPaymentMethods":
      return listPaymentMethods(call)
  }
}
