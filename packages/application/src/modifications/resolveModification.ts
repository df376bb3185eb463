/**
 * Say what became of a capture or refund whose reference no report names.
 *
 * One that Docdata never answered stays unclear, and one that it took stays filed, and still counts towards the limit until a report names
 * it; some never do. A person who has seen what happened says so; a refund is not called failed while a report shows one
 * under way that may be it. Wrong words move no money by themselves, but a modification that is wrongly called failed gives
 * its room back: until a report shows its sum, the same money can be captured or refunded again, and Docdata is the last
 * guard. What a report shows counts whoever asked for it. So it is told who said it, and from what.
 */
import { modificationAfter, type ModificationState, type PaymentLine } from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import {
  type EventSink,
  isSameAnomaly,
  type Merchants,
  type Modification,
  modificationEnded,
  type ModificationResolved,
  type OrderName,
  OrderStore,
  type PaymentGateway
} from "../ports/index.ts"
import { unclearAnomaly } from "../anomalies/index.ts"
import { isNamed, type RefreshFailure, refreshOrder, type SingleFlight, unnamedRefunds } from "../refresh/index.ts"
import { changeWith } from "../commit/index.ts"

/** What is known of the modification, who says it, and from what. */
export type ModificationVerdict = Omit<ModificationResolved, "type">

/** The order has no modification of this kind and reference. */
class ModificationNotFound extends Data.TaggedError("ModificationNotFound")<{
  readonly orderId: string
  readonly kind: Modification["kind"]
  readonly reference: string
}> {
  override get message(): string {
    return `order ${this.orderId} has no ${this.kind} ${this.reference}`
  }
}

/**
 * Something else is known of the modification, or still expected: of a filed one, if a report names it. Next: look at its
 * state.
 */
class ModificationNotUnclear extends Data.TaggedError("ModificationNotUnclear")<{
  readonly orderId: string
  readonly kind: Modification["kind"]
  readonly reference: string
  readonly state: ModificationState
}> {
  override get message(): string {
    return `the ${this.kind} ${this.reference} of order ${this.orderId} is ${this.state}, not unclear`
  }
}

/** The request may still be on its way. Next: say it again at `fromMs`. */
class ResolvedTooEarly extends Data.TaggedError("ResolvedTooEarly")<{
  readonly orderId: string
  readonly fromMs: number
}> {
  override get message(): string {
    return `the request of order ${this.orderId} may still be on its way: resolve it from ${this.fromMs} on`
  }
}

/**
 * The refund cannot be called failed: the newest report shows one of that payment under way that no modification of the order
 * names, and it may be this one. Next: wait until a report shows it done or failed, or resolve the refund as confirmed.
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

export type ResolveFailure =
  | RefreshFailure
  | ModificationNotFound
  | ModificationNotUnclear
  | ResolvedTooEarly
  | UnnamedRefundUnderWay

/** Far longer than a call may be under way: what has not happened by then, never does. */
export const resolvableAfterMs = 10 * 60_000

/**
 * A refund called failed no longer counts towards the limit, and one that is under way takes none until it is done: the same money could
 * be given back twice. A capture is not asked about: the automatic one of every night is under way and nothing names it.
 */
const refuseIfUnderWay = (
  modification: Modification,
  modifications: ReadonlyArray<Modification>,
  payments: ReadonlyArray<PaymentLine>
): Effect.Effect<void, UnnamedRefundUnderWay> => {
  const { kind, orderId, paymentId } = modification
  const [refund] = kind === "capture" ? [] : unnamedRefunds(modification, modifications, payments)
  if (refund === undefined) return Effect.void
  const { amount: { currency, minor: amountMinor }, status } = refund
  return Effect.fail(new UnnamedRefundUnderWay({ orderId, paymentId, status, amountMinor, currency }))
}

/** The state that a person's word leads to; undefined if more is known of the modification, or a report may tell. */
const resolvedState = (
  modification: Modification,
  outcome: ModificationVerdict["outcome"],
  payments: ReadonlyArray<PaymentLine>
): ModificationState | undefined =>
  modification.state === "filed" && isNamed(modification, payments)
    ? undefined
    : modificationAfter(modification.state, `resolved-as-${outcome}`)

/**
 * Refreshes the order, and resolves the modification if it is unclear even then, or filed and not named: its new state, the
 * events and the end of its anomaly are one commit. What that look says of the modification counts more than the person;
 * afterwards it is resolved for good, and money that a report shows counts all the same. Safe to repeat: a modification that
 * is resolved like this already is answered as it is, and told once.
 */
export const resolveModification = Effect.fn("ResolveModification")(function*(
  name: OrderName,
  verdict: ModificationVerdict
): Effect.fn.Return<Modification, ResolveFailure, OrderStore | Merchants | PaymentGateway | EventSink | SingleFlight> {
  const store = yield* OrderStore
  const { kind, outcome, reference } = verdict
  const { order: { id: orderId } } = yield* refreshOrder(name, { observedBy: "operator" })
  const modificationNow = Effect.flatMap(store.modifications(orderId), (modifications) => {
    const modification = modifications.find((other) => other.kind === kind && other.reference === reference)
    return modification === undefined
      ? Effect.fail(new ModificationNotFound({ orderId, kind, reference }))
      : Effect.succeed({ modification, modifications })
  })
  yield* changeWith({ by: "id", id: orderId }, () =>
    Effect.gen(function*() {
      // Read after the order: whatever moves it on changes the revision as well.
      const { modification, modifications } = yield* modificationNow
      if (modification.state === outcome) return undefined
      const { items: [newest] } = yield* store.observations(orderId, { limit: 1 })
      const payments = newest?.report.payments ?? []
      const state = resolvedState(modification, outcome, payments)
      if (state === undefined) {
        return yield* new ModificationNotUnclear({ orderId, kind, reference, state: modification.state })
      }
      const nowMs = yield* Clock.currentTimeMillis
      const fromMs = modification.requestedAtMs + resolvableAfterMs
      if (nowMs < fromMs) return yield* new ResolvedTooEarly({ orderId, fromMs })
      if (outcome === "failed") yield* refuseIfUnderWay(modification, modifications, payments)
      const details = unclearAnomaly(modification)
      const anomaly = (yield* store.anomalies(orderId)).find((other) => isSameAnomaly(other, details))
      const resolved: Modification = { ...modification, state, changedAtMs: nowMs }
      return {
        modifications: [resolved],
        anomalies: anomaly === undefined ? [] : [{ ...anomaly, resolvedAtMs: nowMs }],
        events: [{ type: "modification.resolved", ...verdict }, ...modificationEnded(resolved)]
      }
    }))
  return (yield* modificationNow).modification
})
