/**
 * Schemas of what the gateway is told, for the edges: JSON in, typed input out, secrets redacted on the way.
 *
 * Apart from `@docdata/application`, so that a program that builds its inputs in code does not carry them. Each has
 * exactly the type of the same name there. They check shape, and the form of what is stored; other lengths, patterns and
 * sums are the adapter's business, which names the field of every problem. Decode with `onExcessProperty: "error"`: a
 * card number that somebody tries to pass is then refused and not ignored.
 */
import type { Operation } from "../ports/index.ts"
import { CreateOrderInput } from "./CreateOrderInput.ts"
import { CaptureInput, OrderByKey, ProceedInput, RefundInput } from "./FollowUpInputs.ts"
import { StartPaymentInput } from "./StartPaymentInput.ts"

export * from "./Buyer.ts"
export * from "./CreateOrderInput.ts"
export * from "./FollowUpInputs.ts"
export * from "./LifecycleEvent.ts"
export * from "./Merchant.ts"
export * from "./StartPaymentInput.ts"

/** The schema of each operation's input. */
export const inputByOperation = {
  create: CreateOrderInput,
  start: StartPaymentInput,
  proceed: ProceedInput,
  cancel: OrderByKey,
  capture: CaptureInput,
  refund: RefundInput,
  status: OrderByKey,
  statusExtended: OrderByKey,
  listPaymentMethods: OrderByKey
} as const satisfies Record<Operation, unknown>
