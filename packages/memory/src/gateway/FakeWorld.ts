/**
 * What the fake provider knows: orders and their payments, changed only inside synchronous steps.
 */
import type { CreateOrderInput, Merchant } from "@docdata/application"
import type { Chargeback, Money, Reversal } from "@docdata/domain"

/** A capture or refund that was asked for. `NEW` until somebody moves it on. */
export interface FakeModification {
  readonly merchantReference?: string
  readonly status: string
  readonly amount: Money
  readonly reason?: string
  /** `yyyy-MM-dd`; it cannot move on before the end of this day. */
  readonly notBefore?: string
}

export interface FakePayment {
  readonly id: string
  readonly orderKey: string
  readonly method: string
  /** The word of the authorisation, as in a status report. */
  readonly status: string
  readonly reason?: string
  readonly amount: Money
  readonly confidenceLevel: string
  readonly captures: ReadonlyArray<FakeModification>
  readonly refunds: ReadonlyArray<FakeModification>
  readonly chargebacks: ReadonlyArray<Chargeback>
  readonly reversal?: Reversal
  /** The last capture was announced; nothing more is taken. */
  readonly isFinal: boolean
}

export interface FakeOrder {
  readonly key: string
  /** Who may ask for it, see {@link ownerOf}. */
  readonly owner: string
  readonly input: CreateOrderInput
  readonly paymentIds: ReadonlyArray<string>
  readonly isCancelled: boolean
}

/** An order belongs to one account of one environment. */
export const ownerOf = ({ environment, merchantName }: Pick<Merchant, "environment" | "merchantName">): string =>
  `${environment} ${merchantName}`

/** How the shopper pays: name of the method, and what the acquirer says of a payment at first. */
export interface Method {
  readonly name: string
  readonly confidenceLevel: string
}

export class FakeWorld {
  readonly orders = new Map<string, FakeOrder>()
  readonly payments = new Map<string, FakePayment>()
  /** References that were used, per account and shown merchant; taken for ever. */
  readonly references = new Set<string>()
  /** The first order's key of each recurring series, per account. */
  readonly series = new Map<string, string>()

  addOrder(owner: string, input: CreateOrderInput): FakeOrder {
    const key = `FAKE${String(this.orders.size + 1).padStart(28, "0")}`
    const order = { key, owner, input, paymentIds: [], isCancelled: false }
    this.orders.set(key, order)
    return order
  }

  addPayment(order: FakeOrder, { confidenceLevel, name }: Method, amount: Money): FakePayment {
    const id = String(4_200_000_001 + this.payments.size)
    const payment: FakePayment = {
      id,
      orderKey: order.key,
      method: name,
      status: "NEW",
      amount,
      confidenceLevel,
      captures: [],
      refunds: [],
      chargebacks: [],
      isFinal: false
    }
    this.payments.set(id, payment)
    this.replaceOrder(order.key, (old) => ({ ...old, paymentIds: [...old.paymentIds, id] }))
    return payment
  }

  replaceOrder(key: string, change: (order: FakeOrder) => FakeOrder): void {
    const order = this.orders.get(key)
    if (order !== undefined) this.orders.set(key, change(order))
  }

  replacePayment(payment: FakePayment): FakePayment {
    this.payments.set(payment.id, payment)
    return payment
  }

  /** In the order in which they were started. */
  paymentsOf(order: FakeOrder): ReadonlyArray<FakePayment> {
    return order.paymentIds.flatMap((id) => this.payments.get(id) ?? [])
  }
}
