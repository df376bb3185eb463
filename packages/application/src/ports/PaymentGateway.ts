/**
 * The payment provider as the application sees it: nine operations, each with an answer or a {@link GatewayFailure}.
 *
 * What every adapter keeps:
 *
 * - **A call is one intent.** `create`, `start`, `proceed`, `cancel`, `capture` and `refund` reach the provider at
 *   most once per call; an adapter never repeats them by itself, whatever happened. The three reads may be repeated
 *   within one call, inside its deadline.
 * - **A failure says what may have happened.** `mayHaveHappened(operation, reason)` is false only if it is certain that
 *   nothing was executed. When in doubt an adapter says `unknown`.
 * - **Nothing is sent that the contract forbids.** Lengths, patterns, sums and required fields are checked first and
 *   all problems reported at once, with paths of these input types and without the values.
 * - **No order between calls.** Two calls made at once may be executed in either order, also for one order. Whoever
 *   needs an order waits for the first answer.
 * - **Interruption gives up waiting, not the call.** An interrupted call counts as `unknown`.
 * - **An answer is a snapshot** as old as `exchange.startedAtMs`.
 * - **Secrets and personal data** are in no error, log, span, metric and in no text of an exchange.
 */
import type { ExtendedStatus, StatusReport } from "@docdata/domain"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { CancelResult } from "./gateway/CancelResult.ts"
import type { CaptureInput, Filed } from "./gateway/CaptureInput.ts"
import type { CreatedOrder, CreateOrderInput } from "./gateway/CreateOrderInput.ts"
import type { Answer } from "./gateway/Exchange.ts"
import type { GatewayFailure } from "./gateway/GatewayFailure.ts"
import type { Merchant } from "./gateway/Merchant.ts"
import type { Operation } from "./gateway/Operation.ts"
import type { OrderByKey } from "./gateway/OrderByKey.ts"
import type { PaymentMethods } from "./gateway/PaymentMethods.ts"
import type { PaymentResponse } from "./gateway/PaymentResponse.ts"
import type { ProceedInput } from "./gateway/ProceedInput.ts"
import type { RefundInput } from "./gateway/RefundInput.ts"
import type { StartedPayment, StartPaymentInput } from "./gateway/StartPaymentInput.ts"

/** One call: in whose name, and what. */
type Call<Input, Output> = (merchant: Merchant, input: Input) => Effect.Effect<Answer<Output>, GatewayFailure>

export class PaymentGateway extends Context.Service<PaymentGateway, {
  /**
   * Operations that the provider does not have; absent if it has all nine. A call of one is `Unsupported`, and use cases
   * refuse what needs it before they store anything.
   */
  readonly unsupported?: ReadonlySet<Operation>
  /**
   * Registers an order. Not repeatable: the reference is unique per merchant for ever, and a repetition of a call
   * that did succeed is rejected without telling the key. Write the intent down before calling and the key after.
   */
  readonly create: Call<CreateOrderInput, CreatedOrder>
  /**
   * Starts a payment without the menu. Not repeatable: each call is a payment of its own and may take money. A
   * refused payment comes as `Rejected` or as a `Failed` response inside an answer; both are ordinary.
   */
  readonly start: Call<StartPaymentInput, StartedPayment>
  /** Continues a started payment once. An answer is not a payment: look at the response's word. */
  readonly proceed: Call<ProceedInput, PaymentResponse>
  /**
   * Cancels all payments of an order, as a whole. Harmless to repeat (`AlreadyCancelled`), but not repeated by
   * adapters. Impossible once money was captured. `NotCancelled` and `Pending` are answers and no cancellation.
   */
  readonly cancel: Call<OrderByKey, CancelResult>
  /** Files a capture. Not repeatable: two captures of a part are two captures. The money moves later. */
  readonly capture: Call<CaptureInput, Filed>
  /** Files a refund. Not repeatable: two refunds of a part are two refunds. The money moves later. */
  readonly refund: Call<RefundInput, Filed>
  /** The totals and payment attempts of an order. Changes nothing; safe to repeat. */
  readonly status: Call<OrderByKey, StatusReport>
  /**
   * The same with the details of each attempt (accounts, cards' last digits, risk checks). Changes nothing; safe to
   * repeat. Docdata has to switch it on per merchant.
   */
  readonly statusExtended: Call<OrderByKey, ExtendedStatus>
  /** What this order can be paid with. Changes nothing; safe to repeat. */
  readonly listPaymentMethods: Call<OrderByKey, PaymentMethods>
}>()("@docdata/application/PaymentGateway") {}

/** What an operation is told. */
export type InputOf<O extends Operation> = Parameters<PaymentGateway["Service"][O]>[1]

/** What an operation answers with. */
export type OutputOf<O extends Operation> = Effect.Success<ReturnType<PaymentGateway["Service"][O]>>["value"]
