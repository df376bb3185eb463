/**
 * Create an order: write the intent down, ask Docdata, write the key down.
 *
 * Repeating with the same idempotency key answers with the same order and asks Docdata nothing. A new attempt for
 * the same shop order takes a new key and gets a fresh reference, because Docdata takes each reference only once.
 *
 * When no answer comes, the order may exist at Docdata. Nobody holds its key, so no shopper can ever pay it: the
 * attempt is given up and the shop creates another. The exception is an order that begins a recurring series: it
 * stays reserved until somebody looked, because Docdata may charge at creation.
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
  type OrderCursor,
  type OrderNotFound,
  OrderStore,
  pageSizeMax,
  PaymentGateway,
  type Reservation,
  type StoredOrder,
  type StoreFailure,
  type UnknownMerchant
} from "../ports/index.ts"
import { newId, randomText } from "../identifiers.ts"
import { countCreated, currentTrace } from "../observability/index.ts"
import { refuseViolations } from "../requests/index.ts"
import { nextRefreshAt } from "../refresh/index.ts"
import { fingerprintOf, isOlderRepetition } from "./fingerprintOf.ts"
import { MerchantInactive } from "../commit/index.ts"

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
  /** The same for every repetition of this request, 1 to 200 characters. */
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

/**
 * An earlier try under this key did not come to an end. With `registration` reserved it is still under way, or its
 * outcome is unknown; abandoned means that nothing can come of it. Next: for abandoned ones, create again under a new
 * key; for reserved ones, wait for {@link abandonStaleReservations} or look at Docdata's back office.
 */
class CreateUnfinished extends Data.TaggedError("CreateUnfinished")<{
  readonly orderId: string
  readonly registration: "reserved" | "abandoned"
}> {
  override get message(): string {
    return this.registration === "abandoned"
      ? `order ${this.orderId} was given up: create it again under a new idempotency key`
      : `order ${this.orderId} is still being created, or its creation was never answered`
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

// What an order's id begins with. The store keeps nothing of the request but this: an order of a recurring series may
// have been charged at creation, so that nobody may give it up unseen.
const ordinary = "ord"
const inSeries = "rec"
const isInSeries = ({ id }: StoredOrder): boolean => id.startsWith(`${inSeries}_`)

const answerForKnown = (order: StoredOrder) =>
  order.registration === "confirmed"
    ? Effect.succeed(order)
    : Effect.fail(new CreateUnfinished({ orderId: order.id, registration: order.registration }))

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

const resolveFailure = Effect.fnUntraced(function*(
  order: StoredOrder,
  failure: GatewayFailure
): Effect.fn.Return<never, GatewayFailure | OrderNotFound | StoreFailure, OrderStore> {
  const unclear = mayHaveHappened("create", failure.reason)
  if (!unclear || !isInSeries(order)) yield* (yield* OrderStore).abandon(order.id)
  return yield* failure
})

// A busy store has recovered by then; the shopper waits meanwhile.
const confirmRetriesMax = 4
const confirmRetries = Schedule.exponential("200 millis")

const register = Effect.fnUntraced(function*(order: StoredOrder, input: CreateOrderInput, account: MerchantAccount) {
  const gateway = yield* PaymentGateway
  const store = yield* OrderStore
  const sink = yield* EventSink
  const answer = yield* Effect.catchTag(
    gateway.create(account.credentials, input),
    "GatewayFailure",
    (failure) => resolveFailure(order, failure)
  )
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
  return confirmed
})

/** The same as {@link createOrder}, for callers who want to know whether their request was a repetition. */
export const createOrAnswer = <ShopOrder>(describe: DescribeOrder<ShopOrder>) =>
  Effect.fn("CreateOrder")(function*(
    options: CreateOptions<ShopOrder>
  ): Effect.fn.Return<Reservation, CreateFailure, OrderStore | Merchants | PaymentGateway | EventSink> {
    const account = yield* (yield* Merchants).find(options.merchant)
    if (!account.active) return yield* new MerchantInactive({ merchant: account.name })
    const description = describe(options.shopOrder, account)
    const request = [options.shopReference, description]
    const orderReference = referenceOf(options.shopReference, yield* randomText(suffixLength))
    const input: CreateOrderInput = {
      profile: account.profile,
      daysToPay: account.daysToPay,
      ...description,
      orderReference
    }
    yield* refuseViolations("create", { merchant: account.credentials, input })
    const subjectMerchant = account.credentials.subjectMerchant?.name
    const reservation = yield* reserve(
      {
        id: yield* newId(description.recurringReference === undefined ? ordinary : inSeries),
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
        createdAtMs: yield* Clock.currentTimeMillis
      },
      request
    )
    if (!reservation.created) return { created: false, order: yield* answerForKnown(reservation.order) }
    // From here on the intent is written down: what Docdata answers is written down as well, come what may.
    return { created: true, order: yield* Effect.uninterruptible(register(reservation.order, input, account)) }
  })

/** The use case for one shop's own kind of order. */
export const createOrder = <ShopOrder>(describe: DescribeOrder<ShopOrder>) => {
  const create = createOrAnswer(describe)
  return (request: CreateOptions<ShopOrder>) => Effect.map(create(request), ({ order }) => order)
}

/** How long a creation may take before it counts as one that nobody is waiting for any more. */
export const reservationMaxMs = 15 * 60 * 1000

/**
 * Gives up reservations that are older than {@link reservationMaxMs}: their process died, or no answer came. Those of a
 * recurring series stay, because they may have been charged: a person looks at Docdata's back office and confirms or
 * abandons them in the store. Answers how many were given up. Safe to repeat.
 */
export const abandonStaleReservations = Effect.fnUntraced(function*() {
  const store = yield* OrderStore
  const reservedBeforeMs = (yield* Clock.currentTimeMillis) - reservationMaxMs
  let count = 0
  let after: OrderCursor | undefined
  // Those that stay must not hide what comes behind them.
  for (;;) {
    const orders = yield* store.staleReservations({ reservedBeforeMs, limit: pageSizeMax, ...(after && { after }) })
    const given = orders.filter((order) => !isInSeries(order))
    yield* Effect.forEach(given, ({ id }) => store.abandon(id), { discard: true })
    count += given.length
    after = orders.at(-1)
    if (after === undefined) return count
  }
})
