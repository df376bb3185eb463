/**
 * A call as the fake sees it, and what it may come to.
 */
import type { Merchant, OrderByKey, ReplyError } from "@docdata/application"
import * as Result from "effect/Result"
import { type FakeOrder, type FakePayment, type FakeWorld, ownerOf } from "./FakeWorld.ts"

/** An answer, or the errors of a refusal; there is at least one. */
export type Outcome<A> = Result.Result<A, readonly [ReplyError, ...Array<ReplyError>]>

export interface Called<Input> {
  readonly world: FakeWorld
  readonly merchant: Merchant
  readonly input: Input
}

export const refuse = (error: ReplyError): Outcome<never> => Result.fail([error])

/** The order of a key, if it belongs to who asks. */
export const orderAsked = ({ input, merchant, world }: Called<OrderByKey>): FakeOrder | undefined => {
  const order = world.orders.get(input.orderKey)
  return order?.owner === ownerOf(merchant) ? order : undefined
}

/** The payment of an id, if it is the order's that is named beside it, and that one belongs to who asks. */
export const paymentAsked = (called: Called<OrderByKey & { readonly paymentId: string }>): FakePayment | undefined => {
  const { input, world } = called
  const payment = world.payments.get(input.paymentId)
  return orderAsked(called)?.key === payment?.orderKey ? payment : undefined
}
