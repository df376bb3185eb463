/**
 * Charge a recurring series once for a period.
 *
 * The period key is taken once for ever before Docdata is asked to charge, so that no crash, no repetition and no
 * second process charges twice. A crash between taking the key and the answer leaves a period that may or may not be
 * charged; the order's status says which. It can be charged again with the same order once a refresh long after the
 * first try shows that nothing came of it.
 */
import { AuthorizationStatus, type PaymentRow } from "@docdata/domain"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import {
  type EventSink,
  type GatewayFailure,
  type Merchants,
  type OrderName,
  OrderStore,
  PaymentGateway,
  type StartedPayment,
  type StoreFailure
} from "../ports/index.ts"
import { type Contended, MerchantInactive, type OpenFailure, openOrder, scheduleRefresh } from "../commit/index.ts"
import { refuseViolations } from "../requests/index.ts"
import { beginPayment } from "./beginPayment.ts"

/** What to charge: an order made for this period, and the series it belongs to. */
export interface ChargeOptions {
  /** The reference given when the series began, 1 to 50 characters. */
  readonly series: string
  /** Names the period within the series: `2026-11`. 1 to 50 characters. */
  readonly period: string
}

/**
 * The period is charged already, or being charged, or nobody knows yet. Next: refresh the order that took it; if it is
 * new again {@link chargeOverMs} after the try, the charge may be repeated with the same order.
 */
class AlreadyCharged extends Data.TaggedError("AlreadyCharged")<{
  readonly merchant: string
  readonly series: string
  readonly period: string
}> {
  override get message(): string {
    return `period ${this.period} of series ${this.series} was charged, or is being charged, already`
  }
}

export type ChargeFailure =
  | OpenFailure
  | MerchantInactive
  | AlreadyCharged
  | GatewayFailure
  | StoreFailure
  | Contended

// Docdata charges at once; the answer is known within seconds.
const refreshAfterMs = 15_000

/** Far longer than a call may be under way: what a refresh does not show by then, never happened. */
export const chargeOverMs = 10 * 60_000

// An attempt that has hardly begun leaves the order new as well: only one that is over proves that nothing came of it.
const isOver = ({ status }: PaymentRow): boolean => {
  const attempt = AuthorizationStatus.authorizationClassOf(status)
  return attempt === "failed" || attempt === "cancelled"
}

/**
 * The revision at which the order may be charged, if it may be now: it never was, or a refresh that was asked for
 * {@link chargeOverMs} after the last try shows it new, with every attempt over.
 */
const chargeableAt = Effect.fnUntraced(function*(name: OrderName) {
  const store = yield* OrderStore
  const { order, payments } = yield* store.read(name)
  const tries = (yield* store.events(order.id)).filter(({ payload }) =>
    payload.type === "order.status_changed" && payload.to === "in_progress"
  )
  const lastAtMs = tries.at(-1)?.occurredAtMs
  const isLongAgo = lastAtMs === undefined || (order.observedFromMs ?? 0) >= lastAtMs + chargeOverMs
  return order.state.status === "new" && isLongAgo && payments.every(isOver) ? order.revision : undefined
})

/**
 * Starts the payment of a period with an order that was created for it. Of all calls for one period at once, whatever
 * their order, one reaches Docdata: the period belongs to one order, and one call takes that order out of `new`.
 */
export const chargeRecurring = Effect.fn("ChargeRecurring")(function*(
  name: OrderName,
  { period, series }: ChargeOptions
): Effect.fn.Return<StartedPayment, ChargeFailure, OrderStore | Merchants | PaymentGateway | EventSink> {
  const { account, credentials, order } = yield* openOrder(name)
  if (!account.active) return yield* new MerchantInactive({ merchant: account.name })
  const byId: OrderName = { by: "id", id: order.id }
  const store = yield* OrderStore
  const gateway = yield* PaymentGateway
  const payment = { _tag: "Recurring", recurringReference: series } as const
  const input = { orderKey: order.state.key, payment }
  yield* refuseViolations("start", { merchant: credentials, input })
  return yield* Effect.uninterruptible(Effect.gen(function*() {
    const taken = yield* store.takePeriod({ merchant: order.merchant, series, period, orderId: order.id })
    const revision = taken ? yield* chargeableAt(byId) : undefined
    // Whoever changed the order since may have charged it.
    if (revision === undefined || !(yield* beginPayment(order.id, account, revision))) {
      return yield* new AlreadyCharged({ merchant: order.merchant, series, period })
    }
    yield* scheduleRefresh(byId, refreshAfterMs)
    return (yield* gateway.start(credentials, input)).value
  }))
})
