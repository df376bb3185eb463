/**
 * Say what became of a capture or refund whose reference no report names.
 *
 * One that Docdata never answered stays unclear, and one that it took stays filed, and keeps its room until a report names
 * it; some never do. A person who has seen what happened says so; a refund is not called failed while a report shows one
 * under way that may be it. Wrong words move no money by themselves, but a movement that is wrongly called failed gives
 * its room back: until a report shows its sum, the same money can be captured or refunded again, and Docdata is the last
 * guard. What a report shows counts whoever asked for it. So it is told who said it, and from what.
 */
import { modificationAfter, type ModificationState, type PaymentLine } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import {
  type EventSink,
  isSameConcern,
  type Merchants,
  type Movement,
  type MovementSettled,
  type OrderName,
  OrderStore,
  type PaymentGateway
} from "../ports/index.ts"
import { movementConcern } from "../anomalies/index.ts"
import { isNamed, type RefreshFailure, refreshOrder, type SingleFlight, unnamedRefunds } from "../refresh/index.ts"
import { changeWith } from "../commit/index.ts"

/** What is known of the movement, who says it, and from what. */
export type MovementVerdict = Omit<MovementSettled, "type">

/** The order has no movement of this kind and reference. */
export class MovementNotFound extends Data.TaggedError("MovementNotFound")<{
  readonly orderId: string
  readonly kind: Movement["kind"]
  readonly reference: string
}> {
  override get message(): string {
    return `order ${this.orderId} has no ${this.kind} ${this.reference}`
  }
}

/**
 * Something else is known of the movement, or still expected: of a filed one, if a report names it. Next: look at its
 * state.
 */
class MovementNotUnclear extends Data.TaggedError("MovementNotUnclear")<{
  readonly orderId: string
  readonly kind: Movement["kind"]
  readonly reference: string
  readonly state: ModificationState
}> {
  override get message(): string {
    return `the ${this.kind} ${this.reference} of order ${this.orderId} is ${this.state}, not unclear`
  }
}

/** The request may still be on its way. Next: say it again at `fromMs`. */
class SettledTooEarly extends Data.TaggedError("SettledTooEarly")<{
  readonly orderId: string
  readonly fromMs: number
}> {
  override get message(): string {
    return `the request of order ${this.orderId} may still be on its way: settle it from ${this.fromMs} on`
  }
}

/**
 * The refund cannot be called failed: the newest report shows one of that payment under way that no movement of the order
 * names, and it may be this one. Next: wait until a report shows it done or failed, or settle the refund as confirmed.
 */
export class UnnamedRefundUnderWay extends Data.TaggedError("UnnamedRefundUnderWay")<{
  readonly orderId: string
  readonly paymentId: string
  /** Docdata's word for where it stands, and its amount in minor units. */
  readonly status: string
  readonly amountMinor: number
  readonly currency: string
}> {
  override get message(): string {
    return `a report shows a refund of ${this.amountMinor} ${this.currency} of payment ${this.paymentId} under way ` +
      `(${this.status}) that nothing names: it may be this one`
  }
}

export type SettleFailure =
  | RefreshFailure
  | MovementNotFound
  | MovementNotUnclear
  | SettledTooEarly
  | UnnamedRefundUnderWay

/** Far longer than a call may be under way: what has not happened by then, never does. */
export const movementSettledMs = 10 * 60_000

/**
 * A refund called failed gives its room back, and one that is under way takes none until it is done: the same money could
 * be given back twice. A capture is not asked about: the automatic one of every night is under way and nothing names it.
 */
const refuseIfUnderWay = (
  movement: Movement,
  movements: ReadonlyArray<Movement>,
  payments: ReadonlyArray<PaymentLine>
): Effect.Effect<void, UnnamedRefundUnderWay> => {
  const { kind, orderId, paymentId } = movement
  const [refund] = kind === "capture" ? [] : unnamedRefunds(movement, movements, payments)
  if (refund === undefined) return Effect.void
  const { amount: { currency, minor: amountMinor }, status } = refund
  return Effect.fail(new UnnamedRefundUnderWay({ orderId, paymentId, status, amountMinor, currency }))
}

/** The state that a person's word leads to; undefined if more is known of the movement, or a report may tell. */
const resolvedState = (
  movement: Movement,
  outcome: MovementVerdict["outcome"],
  payments: ReadonlyArray<PaymentLine>
): ModificationState | undefined =>
  movement.state === "filed" && isNamed(movement, payments)
    ? undefined
    : modificationAfter(movement.state, `resolved-as-${outcome}`)

/**
 * Looks at the order, and settles the movement if it is unclear even then, or filed and not named: its new state, the
 * news and the end of its anomaly are one commit. What that look says of the movement counts more than the person;
 * afterwards it is settled for good, and money that a report shows counts all the same. Safe to repeat: a movement that
 * is settled like this already is answered as it is, and told once.
 */
export const settleMovement = Effect.fn("SettleMovement")(function*(
  name: OrderName,
  verdict: MovementVerdict
): Effect.fn.Return<Movement, SettleFailure, OrderStore | Merchants | PaymentGateway | EventSink | SingleFlight> {
  const store = yield* OrderStore
  const { kind, outcome, reference } = verdict
  const { order: { id: orderId } } = yield* refreshOrder(name, { observedBy: "operator" })
  const movementNow = Effect.flatMap(store.movements(orderId), (movements) => {
    const movement = movements.find((other) => other.kind === kind && other.reference === reference)
    return movement === undefined
      ? Effect.fail(new MovementNotFound({ orderId, kind, reference }))
      : Effect.succeed({ movement, movements })
  })
  yield* changeWith({ by: "id", id: orderId }, () =>
    Effect.gen(function*() {
      // Read after the order: whatever moves it on changes the revision as well.
      const { movement, movements } = yield* movementNow
      if (movement.state === outcome) return undefined
      const { items: [newest] } = yield* store.observations(orderId, { limit: 1 })
      const payments = newest?.report.payments ?? []
      const state = resolvedState(movement, outcome, payments)
      if (state === undefined) {
        return yield* new MovementNotUnclear({ orderId, kind, reference, state: movement.state })
      }
      const nowMs = yield* Clock.currentTimeMillis
      const fromMs = movement.requestedAtMs + movementSettledMs
      if (nowMs < fromMs) return yield* new SettledTooEarly({ orderId, fromMs })
      if (outcome === "failed") yield* refuseIfUnderWay(movement, movements, payments)
      const concern = movementConcern(movement)
      const anomaly = (yield* store.anomalies(orderId)).find((other) => isSameConcern(other, concern))
      return {
        movements: [{ ...movement, state, changedAtMs: nowMs }],
        anomalies: anomaly === undefined ? [] : [{ ...anomaly, resolvedAtMs: nowMs }],
        news: [{ type: "movement.settled", ...verdict }]
      }
    }))
  return (yield* movementNow).movement
})
