/**
 * Create an order: write the intent down, ask Docdata, write the key down.
 *
 * Repeating with the same idempotency key answers with the same order and asks Docdata nothing; calls at once wait for the
 * first one and answer as it does. A try that came to nothing gives the key back, and a repetition tries anew under a
 * fresh reference, because Docdata takes each reference only once.
 *
 * When no answer comes, the order may exist at Docdata. Nobody holds its key, so no shopper can ever pay it: the attempt
 * is abandoned like one that was never sent. The exception is an order that begins a recurring series: it stays reserved
 * until somebody looked, because Docdata may charge at creation.
 */
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import {
  type AlreadyTaken,
  type CreateOrderInput,
  EventSink,
  type GatewayFailure,
  mayHaveHappened,
  type MerchantAccount,
  Merchants,
  type NewOrder,
  type OrderNotFound,
  OrderStore,
  PaymentGateway,
  type Reservation,
  type StoredOrder,
  type StoreFailure,
  type UnknownMerchant
} from "../ports/index.ts"
import { newId, randomText } from "../identifiers.ts"
import { countCreated, currentTrace } from "../observability/index.ts"
import { type Adjustment, adjustOrder, refuseViolations } from "../requests/index.ts"
import { nextRefreshAt } from "../refresh/index.ts"
import { joinShopOrder } from "../shopOrders/index.ts"
import { fingerprintOf, isOlderRepetition } from "./fingerprintOf.ts"
import { MerchantInactive } from "../commit/index.ts"
import {
  abandonReasonOf,
  awaitEnd,
  type CreateUnfinished,
  creationWaitMaxMs,
  idPrefixOf,
  isInSeries,
  reservationLeaseMs,
  underLease
} from "./reservation.ts"

/** An order in Docdata's terms, without what the account and the attempt decide. */
export type OrderDescription =
  & Omit<CreateOrderInput, "orderReference" | "profile" | "daysToPay">
  & Partial<Pick<CreateOrderInput, "profile" | "daysToPay">>

/**
 * The one place where a shop says what its own order means for Docdata; pure. Everything else of this product is the
 * same for every shop.
 */
export type DescribeOrder<ShopOrder> = (shopOrder: ShopOrder, account: MerchantAccount) => OrderDescription

/** What the shop asks for. */
export interface CreateOptions<ShopOrder> {
  /** Name of the merchant account. */
  readonly merchant: string
  /** The shop's own number, 1 to 200 characters. */
  readonly shopReference: string
  /** The same for every repetition of this request, 1 to 200 characters; free again if it came to nothing. */
  readonly idempotencyKey: string
  readonly shopOrder: ShopOrder
}

/** The same idempotency key was used for another request. Next: use a key of its own for each request. */
class IdempotencyConflict extends Data.TaggedError("IdempotencyConflict")<{
  readonly merchant: string
  readonly orderId: string
}> {
  override get message(): string {
    return `this idempotency key was used for another request, which became order ${this.orderId}`
  }
}

export type CreateFailure =
  | UnknownMerchant
  | MerchantInactive
  | IdempotencyConflict
  | CreateUnfinished
  | AlreadyTaken
  | OrderNotFound
  | GatewayFailure
  | StoreFailure

// Docdata appends the reference to an address: only characters that need no escaping. 200 of Docdata's 255
// characters stay for the shop's number; the suffix makes each attempt's reference new.
const suffixLength = 8
const referenceOf = (shopReference: string, suffix: string): string =>
  `${shopReference.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 200)}-${suffix}`

const conflictOf = (merchant: string) => (taken: AlreadyTaken): AlreadyTaken | IdempotencyConflict =>
  taken.what === "idempotency-key" ? new IdempotencyConflict({ merchant, orderId: taken.orderId }) : taken

// Writes the intent down, or finds the order that this request became before.
const reserve = Effect.fnUntraced(function*(newOrder: NewOrder, request: unknown) {
  const store = yield* OrderStore
  return yield* Effect.catchTag(store.reserve(newOrder), "AlreadyTaken", (taken) =>
    Effect.gen(function*() {
      if (taken.what === "idempotency-key") {
        const { order } = yield* store.read({ by: "id", id: taken.orderId })
        if (isOlderRepetition(order, newOrder, request)) return { created: false, order }
      }
      return yield* conflictOf(newOrder.merchant)(taken)
    }))
})

/**
 * An idle connection that the other side has closed meanwhile fails at once: trying again is worth it, once, and the shopper
 * notices nothing. Whatever takes long is for the caller to repeat.
 */
const isConnectionLost = ({ reason }: GatewayFailure): boolean =>
  reason._tag === "TransportFailure" && reason.obstacle === "connection-lost"

const failedEnd = Effect.fnUntraced(function*(order: StoredOrder, failure: GatewayFailure) {
  const store = yield* OrderStore
  if (isInSeries(order) && mayHaveHappened("create", failure.reason)) {
    // Nobody waits any longer for what only a person can find out.
    yield* store.renew({ orderId: order.id, leaseUntilMs: yield* Clock.currentTimeMillis })
  } else {
    yield* store.abandon(order.id, abandonReasonOf(failure))
  }
  return { _tag: "Failed", failure } as const
})

// A busy store has recovered by then; the shopper waits meanwhile.
const confirmRetriesMax = 4
const confirmRetries = Schedule.exponential("200 millis")

/** The order exists whatever comes of this: the next refresh of any attempt tells what could not be told now. */
const joined = (order: StoredOrder, { shop }: MerchantAccount) =>
  order.orderAttempt === 1
    ? Effect.succeed(order)
    : joinShopOrder(order, shop).pipe(
      Effect.tapError(({ _tag }) =>
        Effect.logWarning("the shop's order learns of its new attempt later", { orderId: order.id, failure: _tag })
      ),
      Effect.orElseSucceed(() => order)
    )

const register = Effect.fnUntraced(function*(
  order: StoredOrder,
  { account, adjusted, input }: Pick<Asked, "account" | "adjusted"> & { readonly input: CreateOrderInput }
) {
  const gateway = yield* PaymentGateway
  const store = yield* OrderStore
  const sink = yield* EventSink
  const result = yield* Effect.result(gateway.create(account.credentials, input))
  if (result._tag === "Failure") return yield* failedEnd(order, result.failure)
  const answer = result.success
  const nowMs = yield* Clock.currentTimeMillis
  const nextRefreshAtMs = nextRefreshAt({
    state: order.state,
    nowMs,
    expireAfterDays: account.policy.expireAfterDays,
    random: yield* Random.next
  })
  const trace = yield* currentTrace
  const confirm = Effect.flatMap(sink.subscribersFor(order.merchant), (subscribers) =>
    store.confirm({
      orderId: order.id,
      key: answer.value.orderKey,
      confirmedAtMs: nowMs,
      subscribers,
      // Where and how much, but no words: they name people.
      adjusted: adjusted.map(({ from, path, to }) => ({
        path,
        fromLength: from.length,
        ...(to === undefined ? {} : { toLength: to.length })
      })),
      ...trace,
      nextRefreshAtMs
    }))
  // The key is nowhere else. Confirming again with the same key is safe, whatever became of the first time.
  const confirmed = yield* Effect.retry(confirm, {
    times: confirmRetriesMax,
    schedule: confirmRetries,
    while: ({ _tag }) => _tag === "StoreFailure"
  })
  yield* countCreated(account.name)
  return { _tag: "Confirmed", order: yield* joined(confirmed, account) } as const
})

type Services = OrderStore | Merchants | PaymentGateway | EventSink

/** What is the same of all tries to answer one request. */
interface Asked {
  readonly account: MerchantAccount
  readonly options: Pick<CreateOptions<unknown>, "shopReference" | "idempotencyKey">
  /** As the shop gave it: that is what a repetition has to give again. */
  readonly description: OrderDescription
  /** As Docdata takes it, whatever its reference will be. */
  readonly fitting: Omit<CreateOrderInput, "orderReference">
  readonly adjusted: ReadonlyArray<Adjustment>
  readonly waitUntilMs: number
}

// One try under a fresh reference, or what another call under the same key comes to.
const attempt = Effect.fnUntraced(function*({ account, adjusted, description, fitting, options, waitUntilMs }: Asked) {
  const orderReference = referenceOf(options.shopReference, yield* randomText(suffixLength))
  const input: CreateOrderInput = { ...fitting, orderReference }
  yield* refuseViolations("create", { merchant: account.credentials, input })
  const subjectMerchant = account.credentials.subjectMerchant?.name
  const request = [options.shopReference, description]
  const createdAtMs = yield* Clock.currentTimeMillis
  const { created, order } = yield* reserve(
    {
      id: yield* newId(idPrefixOf(fitting)),
      merchant: account.name,
      ...(subjectMerchant === undefined ? {} : { subjectMerchant }),
      shopReference: options.shopReference,
      orderReference,
      idempotencyKey: options.idempotencyKey,
      fingerprint: yield* fingerprintOf(request),
      language: description.buyer.language,
      billToCountry: description.billTo.address.country,
      currency: description.total.currency,
      grossMinor: description.total.minor,
      createdAtMs,
      leaseUntilMs: createdAtMs + reservationLeaseMs
    },
    request
  )
  if (!created) return { created, end: yield* awaitEnd(order, waitUntilMs) }
  // From here on the intent is written down: what Docdata answers is written down as well, come what may.
  return {
    created,
    end: yield* Effect.uninterruptible(underLease(order, register(order, { account, adjusted, input })))
  }
})

/** The order, whether this call created it, and what of the request did not fit. */
export interface CreateAnswer extends Reservation {
  readonly adjusted: ReadonlyArray<Adjustment>
}

/** The same as {@link createOrder}, for callers who want to know whether their request was a repetition. */
export const createOrAnswer = <ShopOrder>(describe: DescribeOrder<ShopOrder>) =>
  Effect.fn("CreateOrder")(function*(
    options: CreateOptions<ShopOrder>
  ): Effect.fn.Return<CreateAnswer, CreateFailure, Services> {
    const account = yield* (yield* Merchants).find(options.merchant)
    if (!account.active) return yield* new MerchantInactive({ merchant: account.name })
    const description = describe(options.shopOrder, account)
    const waitUntilMs = (yield* Clock.currentTimeMillis) + creationWaitMaxMs
    const { profile = account.profile, daysToPay = account.daysToPay } = description
    // Whatever the reference will be, it fits.
    const { adjusted, input: fitting } = adjustOrder({
      ...description,
      profile: profile === "" ? account.profile : profile,
      daysToPay,
      orderReference: options.shopReference
    })
    let mayTryAgain = fitting.recurringReference === undefined
    for (;;) {
      const { created, end } = yield* attempt({ account, adjusted, description, fitting, options, waitUntilMs })
      switch (end._tag) {
        case "Confirmed":
          return { created, order: end.order, adjusted }
        case "CreatorDied":
          continue
        case "Failed":
          // Whoever waited goes by the same rule as who asked, so that all of them answer alike.
          if (!mayTryAgain || !isConnectionLost(end.failure)) return yield* end.failure
          mayTryAgain = false
      }
    }
  })

/** The use case for one shop's own kind of order. */
export const createOrder = <ShopOrder>(describe: DescribeOrder<ShopOrder>) => {
  const create = createOrAnswer(describe)
  return (request: CreateOptions<ShopOrder>) => Effect.map(create(request), ({ order }) => order)
}
