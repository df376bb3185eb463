/**
 * Refresh an order: ask Docdata, decide, store the answer with its events.
 *
 * The status call runs outside any lock and transaction. The answer is stored only on the revision it was decided
 * on; whoever was faster wins, and the loser reads and decides again with the same report. A report that was asked
 * for before the last stored one was asked for is stale and is dropped: what it says is older than what is known. The
 * events that came along with it are stored all the same.
 */
import {
  type Intent,
  isOpenModification,
  type Outcome,
  PaymentId,
  type PaymentRow,
  reconcile,
  type RuleId,
  type StatusReport,
  withoutPaidTwice
} from "@docdata/domain"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import {
  type Answer,
  type Commit,
  EventSink,
  type GatewayFailure,
  type LifecycleEvent,
  type MerchantAccount,
  Merchants,
  type Modification,
  modificationEnded,
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
  NotConfirmed,
  scheduleRefresh
} from "../commit/index.ts"
import { countRefresh, type RefreshOutcome } from "../observability/index.ts"
import { nextRefreshAt, nextRefreshOf } from "./refreshSchedule.ts"
import { anomaliesAfter, detectAnomalies, raisedEvent } from "../anomalies/index.ts"
import { followShopOrder } from "../shopOrders/index.ts"
import { forgottenAt, modificationsAfter, withMoves } from "./modificationsAfter.ts"
import { withReleased } from "./releasedMinor.ts"
import { SingleFlight } from "./SingleFlight.ts"

/** Why somebody looks, and what comes along with the refresh. */
export interface RefreshRequest {
  readonly observedBy: ObservedBy
  /** What was asked of Docdata just before, if it was asked for. */
  readonly intent?: Intent
  /** Events that are stored with the refresh, before its own. A refresh that fails stores nothing: repeat it. */
  readonly events?: ReadonlyArray<LifecycleEvent>
  /** Notifications that the refresh answers; acknowledged when its answer is stored. */
  readonly acknowledges?: Commit["acknowledges"]
}

/** A refresh without an intent of its own: others may join it. */
export type SharedRefresh = Omit<RefreshRequest, "intent">

// Somebody else would have to look in between each time.
const intentRefreshesMax = 5

/** What a refresh led to. */
export interface Refreshed {
  readonly order: StoredOrder
  /** Absent when the refresh was stale: somebody stored a younger one. */
  readonly outcome?: Outcome
}

/** Everything a refresh can fail with. */
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
  readonly request: RefreshRequest
  readonly account: MerchantAccount
}

const observationOf = ({ account, answer, request }: Reported, outcome: Outcome): NewObservation => {
  const { exchange, value } = answer
  return {
    observedBy: request.observedBy,
    askedAtMs: exchange.startedAtMs,
    answeredAtMs: exchange.finishedAtMs,
    report: value,
    ...(request.intent === undefined ? {} : { intent: request.intent }),
    rules: account.policy.rules,
    policy: account.policy,
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

/** Ids of a report's payments without leading zeros, as rows have them: with them a payment of another order would not be found. */
export const paymentIdsOf = ({ payments }: StatusReport): ReadonlyArray<string> =>
  payments.map(({ id }) => PaymentId.normalise(id) ?? id)

const refusalRules: ReadonlySet<RuleId> = new Set(["report-refused", "legacy-report-refused"])

/** Clocks of one shop's machines differ by less; a refresh from further in the future was stamped by a clock that was wrong. */
const clockSkewMaxMs = 60_000

const isStale = ({ observedFromMs }: StoredOrder, { exchange }: Answer<unknown>): boolean =>
  observedFromMs !== undefined && exchange.startedAtMs < observedFromMs &&
  observedFromMs <= exchange.finishedAtMs + clockSkewMaxMs

/** The events of a stale refresh: what it saw is old, that somebody notified or came back is not. */
const storeEvents = Effect.fnUntraced(function*({ request, snapshot: { order, payments } }: Reported) {
  const events = request.events ?? []
  if (events.length === 0) return { order } satisfies Refreshed
  const { revision } = yield* commitObserved({
    orderId: order.id,
    expectedRevision: order.revision,
    committedAtMs: yield* Clock.currentTimeMillis,
    state: order.state,
    payments: payments.filter(({ orderKey }) => isOwn(orderKey, order)),
    events,
    subscribers: yield* (yield* EventSink).subscribersFor(order.merchant),
    modifications: [],
    ...(request.acknowledges && { acknowledges: request.acknowledges }),
    nextRefreshAtMs: order.nextRefreshAtMs,
    quietRefreshes: order.quietRefreshes
  }, order.merchant)
  return { order: { ...order, revision } } satisfies Refreshed
})

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

/** The report decided as if there were no other attempt at the shop's order. */
const decidedAlone = (
  { account, answer, request, snapshot: { order, payments } }: Reported,
  { modifications, nowMs }: { readonly modifications: ReadonlyArray<Modification>; readonly nowMs: number }
) => {
  const proven = withMoves(modifications, modificationsAfter(modifications, answer.value.payments, nowMs))
  return decided({
    order: withReleased(withoutPaidTwice(order.state), { modifications: proven, payments }),
    payments,
    report: answer.value,
    nowMs,
    policy: account.policy,
    ...(request.intent === undefined ? {} : { intent: request.intent })
  })
}

/** An order that leads from now on is refreshed soon: its goods waited for this one. Its own schedule finds it in any case. */
const passOn = (orderId: string | undefined) =>
  orderId === undefined
    ? Effect.void
    : scheduleRefresh({ by: "id", id: orderId }, 0).pipe(
      Effect.catch(({ _tag }) =>
        Effect.logWarning("the order that leads now waits for its schedule", { orderId, failure: _tag })
      ),
      Effect.asVoid
    )

const storeOnce = Effect.fnUntraced(function*(reported: Reported) {
  const { account, answer, request, snapshot: { order } } = reported
  const store = yield* OrderStore
  if (isStale(order, answer)) return yield* storeEvents(reported)
  const nowMs = yield* Clock.currentTimeMillis
  const modifications = yield* store.modifications(order.id)
  const alone = yield* decidedAlone(reported, { modifications, nowMs })
  const open = yield* store.anomalies(order.id)
  const beside = yield* followShopOrder({
    order,
    state: alone.order,
    events: alone.events,
    atMs: nowMs,
    table: account.shop,
    open
  })
  const outcome: Outcome = { ...alone, order: beside.state, events: beside.own }
  const quietRefreshes = outcome.events.length === 0 ? order.quietRefreshes + 1 : 0
  // A refused report proves nothing, of money that was asked for either.
  const isRefused = refusalRules.has(outcome.decision.rule)
  const moved = modificationsAfter(modifications, isRefused ? [] : answer.value.payments, nowMs)
  const modifiedAll = withMoves(modifications, moved)
  const detected = detectAnomalies(outcome, modifiedAll, beside.anomalies)
  const anomalies = yield* anomaliesAfter(open, detected, {
    order,
    atMs: nowMs,
    isRefused,
    isShopFollowing: beside.isShopFollowing
  })
  const planned = nextRefreshAt({
    state: outcome.order,
    nowMs,
    expireAfterDays: account.policy.expireAfterDays,
    moneyOnItsWay: modifiedAll.some(({ state }) => isOpenModification(state)),
    random: yield* Random.next
  })
  const refreshAtMs = nextRefreshOf(order, [planned, forgottenAt(modifiedAll)], nowMs)
  const { revision } = yield* commitObserved({
    orderId: order.id,
    expectedRevision: order.revision,
    committedAtMs: nowMs,
    state: outcome.order,
    payments: outcome.payments.filter(({ orderKey }) => isOwn(orderKey, order)),
    observation: observationOf(reported, outcome),
    events: [
      ...request.events ?? [],
      ...beside.own,
      ...beside.ofShopOrder,
      ...moved.flatMap(modificationEnded),
      ...anomalies.raised.map(raisedEvent)
    ],
    subscribers: yield* (yield* EventSink).subscribersFor(order.merchant),
    modifications: moved,
    anomalies: anomalies.changed,
    ...(beside.change && { shopOrder: beside.change }),
    ...(request.acknowledges && { acknowledges: request.acknowledges }),
    nextRefreshAtMs: refreshAtMs,
    quietRefreshes
  }, order.merchant)
  const { nextRefreshAtMs: _, ...rest } = order
  const stored: StoredOrder = {
    ...rest,
    revision,
    state: outcome.order,
    observedFromMs: answer.exchange.startedAtMs,
    ...(refreshAtMs === undefined ? {} : { nextRefreshAtMs: refreshAtMs }),
    quietRefreshes
  }
  yield* passOn(beside.passedTo)
  return { order: stored, outcome } satisfies Refreshed
})

// Ascending by number; of one number the own row comes first.
const byNumber = (a: PaymentRow, b: PaymentRow): number => PaymentId.compare(a.paymentId, b.paymentId)

/**
 * Stores what a report means, again and again while others are faster. It is decided first on the order as it was read
 * before the status call: if anybody changed it since, or took a payment, the store refuses.
 */
const store = Effect.fnUntraced(function*(
  reported: Reported
): Effect.fn.Return<Refreshed, RefreshFailure, Services> {
  const orders = yield* OrderStore
  const { order } = reported.snapshot
  const paymentIds = paymentIdsOf(reported.answer.value)
  const elsewhere = paymentIds.length === 0 ? [] : yield* orders.paymentsElsewhere(order, paymentIds)
  let snapshot: OrderSnapshot = {
    order,
    payments: [...reported.snapshot.payments, ...elsewhere].toSorted(byNumber)
  }
  for (let attempt = 1;; attempt++) {
    const stored = yield* Effect.catchTag(storeOnce({ ...reported, snapshot }), "Outdated", () => Effect.undefined)
    if (stored !== undefined) return stored
    if (attempt === commitAttemptsMax) return yield* new Contended({ orderId: order.id })
    snapshot = yield* orders.read({ by: "id", id: order.id }, paymentIds)
  }
})

const outcomeOf = ({ outcome }: Refreshed): RefreshOutcome =>
  outcome === undefined ? "stale" : outcome.events.length === 0 ? "unchanged" : "changed"

const asked = Effect.fnUntraced(function*(
  snapshot: OrderSnapshot,
  request: RefreshRequest
): Effect.fn.Return<Refreshed, RefreshFailure, Services> {
  const { order } = snapshot
  if (order.registration !== "confirmed") {
    return yield* new NotConfirmed({ orderId: order.id, registration: order.registration })
  }
  const account = yield* (yield* Merchants).find(order.merchant)
  const credentials = yield* credentialsFor(account, order)
  const gateway = yield* PaymentGateway
  return yield* Effect.uninterruptibleMask((restore) =>
    Effect.flatMap(
      restore(gateway.status(credentials, { orderKey: order.state.key })),
      (answer) => store({ snapshot, answer, request, account })
    )
  )
})

const refreshedOnce = Effect.fnUntraced(function*(
  snapshot: OrderSnapshot,
  request: RefreshRequest
): Effect.fn.Return<Refreshed, RefreshFailure, Services> {
  const { id: orderId, merchant } = snapshot.order
  const count = (outcome: RefreshOutcome) => countRefresh({ merchant, observedBy: request.observedBy, outcome })
  yield* Effect.annotateCurrentSpan({
    "docdata.merchant": merchant,
    "docdata.order_id": orderId,
    "docdata.observed_by": request.observedBy
  })
  return yield* asked(snapshot, request).pipe(
    Effect.tap((refreshed) => count(outcomeOf(refreshed))),
    Effect.tapError(({ _tag }) => count({ failed: _tag })),
    Effect.annotateLogs({ merchant, orderId })
  )
})

const readOrder = (name: OrderName) => Effect.flatMap(OrderStore, (orders) => orders.read(name))

/**
 * One refresh, not shared with anybody: for refreshes that bring an intent along. Once Docdata answered, storing the
 * answer is not interrupted. A refresh with an intent that comes out stale looks again: the younger refresh that was stored
 * knew nothing of the intent.
 */
export const refreshUnshared = Effect.fn("OrderRefresh.refreshUnshared")(function*(
  name: OrderName,
  request: RefreshRequest
): Effect.fn.Return<Refreshed, RefreshFailure, Services> {
  for (let attempt = 0; attempt < intentRefreshesMax; attempt++) {
    const refreshed = yield* refreshedOnce(yield* readOrder(name), request)
    if (request.intent === undefined || refreshed.outcome !== undefined) return refreshed
  }
  const { order } = yield* readOrder(name)
  return yield* new Contended({ orderId: order.id })
})

// Events that say the same are told once: a refresh answers for all who share it.
const together = ([first, ...others]: ReadonlyArray<SharedRefresh>): SharedRefresh => {
  const all = first === undefined ? [] : [first, ...others]
  const different = new Map(all.flatMap(({ events = [] }) => events).map((one) => [JSON.stringify(one), one]))
  return {
    observedBy: first?.observedBy ?? "notification",
    events: [...different.values()],
    acknowledges: all.flatMap(({ acknowledges = [] }) => acknowledges)
  }
}

const refreshShared = Effect.fn("OrderRefresh.refreshShared")(refreshedOnce)

/**
 * Refreshes an order as it was read just before. Safe to repeat and to call from everywhere at once: calls of one
 * order that come while a refresh is under way share the next one, which stores the events of all of them.
 */
export const refreshRead = Effect.fn("OrderRefresh.refresh")(function*(
  snapshot: OrderSnapshot,
  request: SharedRefresh
): Effect.fn.Return<Refreshed, RefreshFailure, Services | SingleFlight> {
  const { id } = snapshot.order
  const flights = yield* SingleFlight
  const services = yield* Effect.context<Services>()
  return yield* flights.share(id, request, (requests, hasWaited) =>
    Effect.provideContext(
      Effect.flatMap(
        hasWaited ? readOrder({ by: "id", id }) : Effect.succeed(snapshot),
        (current) => refreshShared(current, together(requests))
      ),
      services
    ))
})

/** Reads an order, refreshes it and answers what is true now: {@link refreshRead}. */
export const refreshOrder = (
  name: OrderName,
  request: SharedRefresh
): Effect.Effect<Refreshed, RefreshFailure, Services | SingleFlight> =>
  Effect.flatMap(readOrder(name), (snapshot) => refreshRead(snapshot, request))
