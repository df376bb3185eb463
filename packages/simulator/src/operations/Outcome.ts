/** What an operation is given and what it answers, before it becomes an envelope. */
import { messageNamespace } from "../contract/Contract.ts"
import type { Merchant } from "../Merchant.ts"
import type { Money } from "@docdata/domain"
import type { World } from "../World.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import { childOf, elementsOf } from "../xml/XmlElement.ts"
import type { RequestError } from "./RequestError.ts"

export interface Call {
  readonly world: World
  readonly merchant: Merchant
  /** The root element of the request, which follows the contract. */
  readonly request: XmlElement
  /** Scheme, host and port under which shoppers reach the simulator. */
  readonly origin: string
  /** Payments started by this call are declined, in one of the two ways the sources describe. */
  readonly decline?: "start-errors" | "payment-error"
}

export type Outcome =
  /** The children of the success element after `success` itself. */
  | { readonly kind: "success"; readonly content: ReadonlyArray<XmlElement> }
  | { readonly kind: "errors"; readonly errors: ReadonlyArray<RequestError> }

/** Writes elements of the message namespace. */
export const element = elementsOf(messageNamespace)

export const succeeded = (...content: ReadonlyArray<XmlElement>): Outcome => ({ kind: "success", content })
export const refused = (...errors: ReadonlyArray<RequestError>): Outcome => ({ kind: "errors", errors })

/** An amount element of a request that follows the contract. */
export const readMoney = (amount: XmlElement): Money => ({
  minor: Number(amount.text.trim()),
  currency: amount.attributes.get("currency") ?? ""
})

export const writeMoney = (name: string, amount: Money): XmlElement =>
  element(name, amount.minor, { currency: amount.currency })

const orderNamed = (world: World, request: XmlElement) => world.orderOf(childOf(request, "paymentOrderKey")?.text)

const paymentNamed = (world: World, request: XmlElement) =>
  world.paymentOf(childOf(request, "paymentId")?.text.trim().replace(/^\+?0*/, ""))

/** Key of the order that a request is about, whoever asks. A create is about none yet. */
export const subjectOrderKey = (world: World, request: XmlElement): string | undefined =>
  orderNamed(world, request)?.key ?? paymentNamed(world, request)?.orderKey

/** The order of a key, if it belongs to the merchant who asks. */
export const orderAsked = ({ merchant, request, world }: Call) => {
  const order = orderNamed(world, request)
  return order?.merchant === merchant.name ? order : undefined
}

/** The payment of an id, if its order belongs to the merchant who asks. */
export const paymentAsked = ({ merchant, request, world }: Call) => {
  const payment = paymentNamed(world, request)
  return world.orderOf(payment?.orderKey)?.merchant === merchant.name ? payment : undefined
}
