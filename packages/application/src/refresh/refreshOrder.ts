/**
 * Look at an order: ask Docdata, decide, store the answer with its events.
 *
 * The status call runs outside any lock and transaction. The answer is stored only on the revision it was decided
 * on; whoever was faster wins, and the loser reads and decides again with the same report. A report that was asked
 * for before the last stored one was asked for is stale and is dropped: what it says is older than what is known. The
 * news that came along with it are stored all the same.
 */
import {
  type Intent,
  isOpenModification,
  type Outcome,
  reconcile,
  type RuleId,
  type StatusReport
} from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import {
  type Answer,
  EventSink,
  type GatewayFailure,
  type LifecycleEvent,
  type MerchantAccount,
  Merchants,
  type Movement,
  type NewObservation,
  type ObservedBy,
  type OrderName,
  type OrderNotFound,
  type OrderSnapshot,
  OrderStore,
  PaymentGateway,
  type StoredOrder,
  type StoreFailure,
  type UnknownMerchant
} from "../ports/index.ts"
import {
  commitAttemptsMax,
  commitObserved,
  Contended,
  credentialsFor,
  type MerchantMismatch,
  NotConfirmed
} from "../commit/index.ts"
import { countLook, type LookOutcome } from "../observability/index.ts"
import { nextCheckAt } from "./checkSchedule.ts"
import { anomaliesAfter, concernsOf, raisedNews } from "../anomalies/index.ts"
import { shopNews } from "../shopOrders/index.ts"
import { movementsAfter } from "./movementsAfter.ts"
import { paymentIdsOf } from "./paymentIdsOf.ts"
import { SingleFlight } from "./SingleFlight.ts"

/** Why somebody looks, and what comes along with the look. */
export interface Look {
  readonly observedBy: ObservedBy
  /** What was asked of Docdata just before, if it was asked for. */
  readonly intent?: Intent
  /** News that are stored with the look, before its own. A look that fails stores nothing: repeat it. */
  readonly news?: ReadonlyArray<LifecycleEvent>
}

/** A look without an intent of its own: others may join it. */
export type SharedLook = Omit<Look, "intent">

// Somebody else would have to look in between each time.
const intentLooksMax = 5

/** What a look led to. */
export interface Refreshed {
  readonly order: StoredOrder
  /** Absent when the look was stale: somebody stored a younger one. */
  readonly outcome?: Outcome
}

/** Everything a look can fail with. */
export type RefreshFailure =
  | OrderNotFound
  | UnknownMerchant
  | MerchantMismatch
  | NotConfirmed
  | GatewayFailure
  | StoreFailure
  | Contended

type Services = OrderStore | Merchants | PaymentGateway | EventSink

/** A report, and what is needed to store what it means. */
interface Reported {
  readonly snapshot: OrderSnapshot
  readonly answer: Answer<StatusReport>
  readonly look: Look
  readonly account: MerchantAccount
}

const observationOf = ({ account, answer, look }: Reported, outcome: Outcome): NewObservation => {
  const { exchange, value } = answer
  return {
    observedBy: look.observedBy,
    askedAtMs: exchange.startedAtMs,
    answeredAtMs: exchange.finishedAtMs,
    report: value,
    ...(look.intent === undefined ? {} : { intent: look.intent }),
    rules: account.policy.rules,
    decision: outcome.decision,
    findings: outcome.findings,
    exchange: {
      requestText: exchange.requestText,
      ...(exchange.replyText === undefined ? {} : { replyText: exchange.replyText })
    }
  }
}

const isOwn = (orderKey: string | undefined, { state }: StoredOrder): boolean =>
  orderKey === undefined || orderKey === state.key

const refusalRules: ReadonlySet<RuleId> = new Set(["report-refused", "legacy-report-refused"])

const isSameAs = (one: Movement) => (other: Movement): boolean =>
  one.kind === other.kind && one.reference === other.reference

/** Clocks of one shop's machines differ by less; a look from further in the future was stamped by a clock that was wrong. */
const clockSkewMaxMs = 60_000

const isStale = ({ observedFromMs }: StoredOrder, { exchange }: Answer<unknown>): boolean =>
  observedFromMs !== undefined && exchange.startedAtMs < observedFromMs &&
  observedFromMs <= exchange.finishedAtMs + clockSkewMaxMs

/** The news of a stale look: what it saw is old, that somebody notified or came back is not. */
const storeNews = Effect.fnUntraced(function*({ look, snapshot: { order, payments } }: Reported) {
  const news = look.news ?? []
  if (news.length === 0) return { order } satisfies Refreshed
  const { revision } = yield* commitObserved({
    orderId: order.id,
    expectedRevision: order.revision,
    committedAtMs: yield* Clock.currentTimeMillis,
    state: order.state,
    payments: payments.filter(({ orderKey }) => isOwn(orderKey, order)),
    news,
    consumers: yield* (yield* EventSink).audience(order.merchant),
    movements: [],
    nextCheckAtMs: order.nextCheckAtMs,
    quietChecks: order.quietChecks
  }, order.merchant)
  return { order: { ...order, revision } } satisfies Refreshed
})

// A look does not put off a check that was promised: something was asked of Docdata, and its answer is waited for.
const nextCheckOf = ({ nextCheckAtMs }: StoredOrder, planned: number | undefined, nowMs: number): number | undefined =>
  nextCheckAtMs === undefined || nextCheckAtMs <= nowMs ? planned : Math.min(nextCheckAtMs, planned ?? nextCheckAtMs)

/** The decision, with what it was in the trace. */
const decided = (question: Parameters<typeof reconcile>[0]): Effect.Effect<Outcome> =>
  Effect.sync(() => reconcile(question)).pipe(
    Effect.tap(({ decision: { rule, status }, findings, order: { fulfilment } }) =>
      Effect.annotateCurrentSpan({
        "docdata.status": status,
        "docdata.fulfilment": fulfilment,
        "docdata.rule": rule,
        "docdata.findings": findings.map(({ kind }) => kind)
      })
    ),
    Effect.withSpan("OrderRefresh.decide", {}, { captureStackTrace: false })
  )

const storeOnce = Effect.fnUntraced(function*(reported: Reported) {
  const { account, answer, look, snapshot } = reported
  const store = yield* OrderStore
  const { order, payments } = snapshot
  if (isStale(order, answer)) return yield* storeNews(reported)
  const nowMs = yield* Clock.currentTimeMillis
  const outcome = yield* decided({
    order: order.state,
    payments,
    report: answer.value,
    nowMs,
    policy: account.policy,
    ...(look.intent === undefined ? {} : { intent: look.intent })
  })
  const quietChecks = outcome.events.length === 0 ? order.quietChecks + 1 : 0
  const movements = yield* store.movements(order.id)
  // A refused report proves nothing, of money that was asked for either.
  const isRefused = refusalRules.has(outcome.decision.rule)
  const moved = movementsAfter(movements, isRefused ? [] : answer.value.payments, nowMs)
  const movedAll = movements.map((movement) => moved.find(isSameAs(movement)) ?? movement)
  // Read after the order: whoever changes these in between changes the revision as well.
  const told = account.shop === undefined ? [] : yield* store.events(order.id)
  const shop = shopNews(account.shop, told, outcome.events)
  const concerns = [...concernsOf(outcome, movedAll), ...shop.refused]
  const anomalies = yield* anomaliesAfter(yield* store.anomalies(order.id), concerns, {
    order,
    atMs: nowMs,
    isRefused,
    isShopFollowing: shop.isFollowing
  })
  const planned = nextCheckAt({
    state: outcome.order,
    nowMs,
    expireAfterDays: account.policy.expireAfterDays,
    moneyOnItsWay: movedAll.some(({ state }) => isOpenModification(state)),
    random: yield* Random.next
  })
  const checkAtMs = nextCheckOf(order, planned, nowMs)
  const { revision } = yield* commitObserved({
    orderId: order.id,
    expectedRevision: order.revision,
    committedAtMs: nowMs,
    state: outcome.order,
    payments: outcome.payments.filter(({ orderKey }) => isOwn(orderKey, order)),
    observation: observationOf(reported, outcome),
    news: [...look.news ?? [], ...shop.events, ...anomalies.raised.map(raisedNews)],
    consumers: yield* (yield* EventSink).audience(order.merchant),
    movements: moved,
    anomalies: anomalies.changed,
    nextCheckAtMs: checkAtMs,
    quietChecks
  }, order.merchant)
  const { nextCheckAtMs: _, ...rest } = order
  const stored: StoredOrder = {
    ...rest,
    revision,
    state: outcome.order,
    observedFromMs: answer.exchange.startedAtMs,
    ...(checkAtMs === undefined ? {} : { nextCheckAtMs: checkAtMs }),
    quietChecks
  }
  return { order: stored, outcome } satisfies Refreshed
})

/** Stores what a report means, again and again while others are faster. */
const store = Effect.fnUntraced(function*(
  orderId: string,
  reported: Omit<Reported, "snapshot">
): Effect.fn.Return<Refreshed, RefreshFailure, Services> {
  const orders = yield* OrderStore
  const paymentIds = paymentIdsOf(reported.answer.value)
  for (let attempt = 0; attempt < commitAttemptsMax; attempt++) {
    const snapshot = yield* orders.read({ by: "id", id: orderId }, paymentIds)
    const stored = yield* Effect.catchTag(storeOnce({ ...reported, snapshot }), "Outdated", () => Effect.undefined)
    if (stored !== undefined) return stored
  }
  return yield* new Contended({ orderId })
})

const outcomeOf = ({ outcome }: Refreshed): LookOutcome =>
  outcome === undefined ? "stale" : outcome.events.length === 0 ? "unchanged" : "changed"

const lookedAt = Effect.fnUntraced(function*(
  order: StoredOrder,
  look: Look
): Effect.fn.Return<Refreshed, RefreshFailure, Services> {
  if (order.registration !== "confirmed") {
    return yield* new NotConfirmed({ orderId: order.id, registration: order.registration })
  }
  const account = yield* (yield* Merchants).find(order.merchant)
  const credentials = yield* credentialsFor(account, order)
  const gateway = yield* PaymentGateway
  return yield* Effect.uninterruptibleMask((restore) =>
    Effect.flatMap(
      restore(gateway.status(credentials, { orderKey: order.state.key })),
      (answer) => store(order.id, { answer, look, account })
    )
  )
})

const looked = Effect.fnUntraced(function*(
  name: OrderName,
  look: Look
): Effect.fn.Return<Refreshed, RefreshFailure, Services> {
  const { order } = yield* (yield* OrderStore).read(name)
  const { id: orderId, merchant } = order
  const count = (outcome: LookOutcome) => countLook({ merchant, observedBy: look.observedBy, outcome })
  yield* Effect.annotateCurrentSpan({
    "docdata.merchant": merchant,
    "docdata.order_id": orderId,
    "docdata.observed_by": look.observedBy
  })
  return yield* lookedAt(order, look).pipe(
    Effect.tap((refreshed) => count(outcomeOf(refreshed))),
    Effect.tapError(({ _tag }) => count({ failed: _tag })),
    Effect.annotateLogs({ merchant, orderId })
  )
})

/**
 * One look, not shared with anybody: for looks that bring an intent along. Once Docdata answered, storing the
 * answer is not interrupted. A look with an intent that comes out stale looks again: the younger look that was stored
 * knew nothing of the intent.
 */
export const lookAtOrder = Effect.fn("OrderRefresh.look")(function*(
  name: OrderName,
  look: Look
): Effect.fn.Return<Refreshed, RefreshFailure, Services> {
  for (let attempt = 0; attempt < intentLooksMax; attempt++) {
    const refreshed = yield* looked(name, look)
    if (look.intent === undefined || refreshed.outcome !== undefined) return refreshed
  }
  const { order } = yield* (yield* OrderStore).read(name)
  return yield* new Contended({ orderId: order.id })
})

// News that say the same are told once: a look answers for all who share it.
const together = ([first, ...others]: ReadonlyArray<SharedLook>): SharedLook => {
  const news = [first, ...others].flatMap((look) => look?.news ?? [])
  const different = new Map(news.map((one) => [JSON.stringify(one), one]))
  return { observedBy: first?.observedBy ?? "notification", news: [...different.values()] }
}

/**
 * Looks at an order and answers what is true now. Safe to repeat and to call from everywhere at once: calls of one
 * order that come while a look is under way share the next one, which stores the news of all of them.
 */
export const refreshOrder = Effect.fn("OrderRefresh.refresh")(function*(
  name: OrderName,
  look: SharedLook
): Effect.fn.Return<Refreshed, RefreshFailure, Services | SingleFlight> {
  const { order } = yield* (yield* OrderStore).read(name)
  const flights = yield* SingleFlight
  const services = yield* Effect.context<Services>()
  return yield* flights.share(
    order.id,
    look,
    (looks) => Effect.provideContext(lookAtOrder({ by: "id", id: order.id }, together(looks)), services)
  )
})
