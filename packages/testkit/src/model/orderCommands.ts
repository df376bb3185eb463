/**
 * Requests about orders as calls of the order store.
 */
import type {
  Anomaly,
  AnomalyDetails,
  Commit,
  EventPayload,
  Modification,
  NewObservation,
  NewOrder,
  OrderName,
  ShopOrderChange,
  StoredOrder,
  Subscriber
} from "@docdata/application"
import {
  attemptOf,
  modificationCauses,
  modificationStates,
  type OrderStatus,
  orderStatuses,
  type PaymentRow
} from "@docdata/domain"
import { report } from "../conformance/sample.ts"
import type { OrderCommand } from "./Command.ts"
import type { Request } from "./StoreRequest.ts"
import { pick, pickOrder, pickStored, type World } from "./World.ts"

export const merchants = ["north", "south", "Süd"] as const

/** Who may receive an event. The empty choice is one of them. */
const subscriberChoices: ReadonlyArray<ReadonlyArray<Subscriber>> = [
  ["mail"],
  ["mail", "books"],
  ["books", "books"],
  [],
  [{ name: "mail", types: ["order.status_changed", "order.created"] }, "books"]
]

// One in six is of few for many orders, so that orders meet each other's; with more of them nothing could be stored.
const paymentIdOf = (number: number): string =>
  number % 6 === 0
    ? pick(["7", "70", "700", "9007199254740993", "12", "13", "14"], number)
    : String(1_000 + number % 2_000)

const unless = <Value>(condition: boolean, value: Value): Value | undefined => condition ? undefined : value

const newOrder = (world: World, { a, b, c, d }: Request): NewOrder => {
  const number = world.commandCount
  const earlier = pickStored(world, c)
  const fresh: NewOrder = {
    id: `o${number}`,
    merchant: pick(merchants, a),
    shopReference: `S${b % 40}`,
    orderReference: `R${number}`,
    idempotencyKey: `I${number}`,
    fingerprint: `F${number}`,
    language: pick(["nl", "en", "de"], b),
    billToCountry: pick(["NL", "BE"], a),
    currency: pick(["EUR", "JPY"], d),
    grossMinor: c,
    createdAtMs: world.nowMs - (a % 3) * 500,
    leaseUntilMs: world.nowMs + b % 20_000,
    ...(d % 3 === 0 ? { subjectMerchant: "seller" } : {})
  }
  if (earlier === undefined) return fresh
  const { fingerprint, id, idempotencyKey, merchant, orderReference } = earlier
  switch (d % 16) {
    case 0:
      return { ...fresh, merchant, idempotencyKey, fingerprint }
    case 1:
      return { ...fresh, merchant, idempotencyKey }
    case 2:
      return { ...fresh, merchant, orderReference }
    case 3:
      return { ...fresh, idempotencyKey, orderReference, fingerprint }
    case 4:
      return { ...fresh, id }
    default:
      return fresh
  }
}

const nameOf = (world: World, { a, b, d }: Request): OrderName => {
  const order = pickStored(world, a)
  if (order === undefined || d % 11 === 0) return { by: "id", id: "nobody" }
  const merchant = d % 7 === 0 ? pick(merchants, b) : order.merchant
  switch (b % 3) {
    case 0:
      return { by: "id", id: order.id }
    case 1:
      return { by: "key", merchant, key: order.state.key }
    default:
      return { by: "order-reference", merchant, orderReference: order.orderReference }
  }
}

const rowOf = (number: number, orderKey: string | undefined): PaymentRow => ({
  paymentId: paymentIdOf(number),
  paymentMethod: pick(["IDEAL", "VISA"], number),
  status: pick(["AUTHORIZED", "CANCELED"], number),
  confidenceLevel: "ACQUIRER_APPROVED",
  ...(number % 5 === 0 ? {} : { currency: "EUR" }),
  ...(orderKey === undefined ? {} : { orderKey }),
  allocatedMinor: number % 1000,
  debitedMinor: number % 900,
  refundedMinor: number % 90,
  chargedBackMinor: 0,
  reversedMinor: 0
})

/** Up to three rows, each payment once, now and then with the own or another order's key. */
const rowsOf = (number: number, ownKey: string): ReadonlyArray<PaymentRow> => {
  const keys = [undefined, undefined, ownKey, "KEY-OF-ANOTHER"]
  const rows = Array.from({ length: number % 4 }, (_, index) => rowOf(number + index, pick(keys, number + index)))
  return [...new Map(rows.map((row) => [row.paymentId, row])).values()]
}

const eventsOf = (world: World, { b, c }: Request, status: OrderStatus): ReadonlyArray<EventPayload> => {
  const from = orderStatuses[c % orderStatuses.length]!
  const choices: ReadonlyArray<EventPayload> = [
    { type: "notification.received" },
    { type: "return.visited", callback: `callback ${world.commandCount} “é”` },
    { type: "order.fulfilment_changed", from: "wait", to: pick(["ship", "stop"], b) },
    {
      type: "order.status_changed",
      from,
      to: status,
      rule: "paid-in-full",
      currency: "EUR",
      captured: b,
      refunded: c,
      chargedBack: 0,
      net: b - c
    }
  ]
  return Array.from({ length: b % 4 }, (_, index) => pick(choices, c + index))
}

const modificationOf = (world: World, { a, b, c, d }: Request, orderId: string): Modification => ({
  orderId,
  kind: pick(["capture", "refund"], b),
  reference: `M${c % 6}`,
  paymentId: paymentIdOf(d),
  amountMinor: 1 + a % 400,
  currency: "EUR",
  ...(b % 5 === 0 ? { final: true } : {}),
  state: pick(modificationStates, d),
  requestedAtMs: world.nowMs - c % 2,
  changedAtMs: world.nowMs
})

const observationOf = (world: World, { b, c }: Request, status: OrderStatus): NewObservation => ({
  observedBy: pick(["notification", "return", "schedule", "operator"], b),
  askedAtMs: world.nowMs - 5_000 + c % 6_000,
  answeredAtMs: world.nowMs,
  report,
  rules: "strict",
  ...(b % 4 === 0 ? { intent: { wanted: "cancelled", cancelResult: "FAILED" } } : {}),
  decision: {
    status,
    rule: "paid-in-full",
    figures: {
      currency: "EUR",
      registered: c,
      shopperPending: 0,
      acquirerPending: 0,
      acquirerApproved: 0,
      captured: b,
      refunded: 0,
      chargedBack: 0,
      reversed: 0,
      margin: 0,
      paidCover: b,
      shipCover: b,
      kept: b,
      net: b
    },
    compared: [],
    fulfilment: "wait"
  },
  findings: c % 3 === 0 ? [] : [{ kind: "overpaid", by: c, currency: "EUR" }],
  ...(c % 2 === 0
    ? {}
    : { exchange: { requestText: `<ask n="${c}"/>`, ...(c % 4 === 1 ? { replyText: "<reply/>" } : {}) } })
})

/** One anomaly that is raised, or one that stands and is changed or resolved. */
const anomaliesOf = (world: World, { a, b, c }: Request): ReadonlyArray<Anomaly> => {
  const record = pickOrder(world, a)
  if (record === undefined) return []
  const { id: orderId, merchant } = record.order
  const details: AnomalyDetails = {
    kind: pick(["overpaid", "voided", "modification-unclear"], b),
    subject: pick(["", "7", "capture é"], c),
    level: pick(["error", "warning"], b),
    data: { by: c }
  }
  const open = record.anomalies.find(({ kind, resolvedAtMs, subject }) =>
    resolvedAtMs === undefined && kind === details.kind && subject === details.subject
  )
  if (open === undefined) {
    const id = `A${world.commandCount}`
    return [{ id, merchant, orderId, ...details, raisedAtMs: world.nowMs - c % 3, changedAtMs: world.nowMs }]
  }
  return c % 2 === 0
    ? [{ ...open, resolvedAtMs: world.nowMs }]
    : [{ ...open, ...details, changedAtMs: world.nowMs }]
}

const shopOrderName = (world: World, { a }: Request) => {
  const { merchant, shopReference } = pickStored(world, a) ?? { merchant: "shop", shopReference: "nobody" }
  return { merchant, shopReference }
}

/** Another attempt at the shop's order was faster, from time to time. */
const shopOrderOf = ({ model }: World, order: StoredOrder, { a, b, c }: Request): ShopOrderChange => ({
  expectedRevision: Math.max(0, model.orders.shopOrder(order).revision - (a % 4 === 0 ? 1 : 0)),
  attempts: [attemptOf(order, c)],
  ...(b % 2 === 0 ? { shopStatus: `status ${c % 3}` } : {})
})

const changeOf = (world: World, request: Request): Commit => {
  const { a, b, c, d } = request
  const order = pickStored(world, a)
  const status = pick(orderStatuses, c)
  const key = order?.state.key ?? ""
  const observation = b % 5 < 3 ? observationOf(world, request, status) : undefined
  return {
    orderId: order === undefined || d % 53 === 0 ? "nobody" : order.id,
    expectedRevision: (order?.revision ?? 0) + (d % 5 === 0 ? -1 : d % 31 === 0 ? 1 : 0),
    committedAtMs: world.nowMs - d % 3,
    state: {
      key: d % 17 === 0 ? "FORGED" : key,
      status,
      fulfilment: pick(["ship", "wait", "stop"], d),
      createdAtMs: order?.createdAtMs ?? 0,
      currency: "EUR",
      ...(d % 2 === 0 ? { grossMinor: c } : {}),
      ...(d % 6 === 0 ? { hold: "paid-after-close" as const } : {}),
      ...(d % 7 === 0 ? { coveredByCapture: d % 2 === 0 } : {})
    },
    payments: rowsOf(c, key),
    ...(observation === undefined ? {} : { observation }),
    events: eventsOf(world, request, status),
    subscribers: pick(subscriberChoices, d),
    modifications: d % 9 === 0 && order !== undefined ? [modificationOf(world, request, order.id)] : [],
    ...(d % 3 === 0 && order !== undefined ? { shopOrder: shopOrderOf(world, order, request) } : {}),
    ...(d % 4 === 0 ? { anomalies: anomaliesOf(world, request) } : {}),
    ...(c % 4 === 0 && world.claimedItems.length > 0 ? { acknowledges: [pick(world.claimedItems, b)] } : {}),
    nextRefreshAtMs: unless(b % 3 === 0, world.nowMs + c % 60_000),
    quietRefreshes: b % 7
  }
}

const filterOf = (world: World, { a, b, d }: Request) => ({
  ...(a % 2 === 0 ? {} : { merchants: merchants.slice(0, b % 4) }),
  ...(b % 3 === 0 ? { statuses: orderStatuses.slice(d % 5, d % 5 + b % 6) } : {}),
  ...(d % 5 === 0 ? { shopReference: `S${b % 40}` } : {}),
  ...(a % 3 === 0 ? { createdFromMs: world.nowMs - b % 100_000 } : {}),
  ...(d % 4 === 0 ? { createdBeforeMs: world.nowMs - a % 30_000 } : {})
})

const limitOf = (number: number): number => pick([1, 2, 3, 5, 8, 0, 1_000], number)

const orderIdOf = (world: World, { a, d }: Request): string =>
  d % 41 === 0 ? "nobody" : pickStored(world, a)?.id ?? "nobody"

const dueQuestion = (world: World, { a, b, c }: Request) => {
  const among = pick([undefined, "waiting", "first-day"] as const, c)
  const question = { merchant: pick(merchants, a), nowMs: world.nowMs, limit: limitOf(b) }
  return among === undefined ? question : { ...question, among }
}

/** Kinds of requests about orders. */
export type OrderRequestKind = OrderCommand["method"]

const resolution = (world: World, request: Request) => {
  const { a, b, c, d } = request
  const known = pickOrder(world, a)?.modifications
  const modification = known === undefined || known.length === 0 ? undefined : pick(known, b)
  return {
    orderId: orderIdOf(world, request),
    kind: modification?.kind ?? ("capture" as const),
    reference: modification?.reference ?? `M${c % 6}`,
    cause: pick(modificationCauses, c + d),
    atMs: world.nowMs
  }
}

const creationOf = (world: World, request: Request): OrderCommand & { readonly method: "confirm" } => {
  const { a, b, c, d } = request
  const order = pickStored(world, a)
  const holder = d % 6 === 0 ? pickStored(world, c) : order
  const confirmation = {
    orderId: orderIdOf(world, request),
    key: `K-${holder?.id ?? "nobody"}`,
    confirmedAtMs: world.nowMs,
    subscribers: pick(subscriberChoices, b),
    nextRefreshAtMs: unless(b % 3 === 0, world.nowMs + c % 30_000)
  }
  return { store: "orders", method: "confirm", input: [confirmation] }
}

/** The call that a request about orders means now. */
export const orderCommand = (world: World, kind: OrderRequestKind, request: Request): OrderCommand => {
  const { a, b, c, d } = request
  const store = "orders"
  const orderId = orderIdOf(world, request)
  switch (kind) {
    case "reserve":
      return { store, method: kind, input: [newOrder(world, request)] }
    case "confirm":
      return creationOf(world, request)
    case "renew":
      return { store, method: kind, input: [{ orderId, leaseUntilMs: world.nowMs + b % 20_000 - 5_000 }] }
    case "abandon":
      return { store, method: kind, input: c % 2 === 0 ? [orderId] : [orderId, { _tag: "CreatorDied" }] }
    case "erase":
    case "events":
    case "modifications":
    case "anomalies":
      return { store, method: kind, input: [orderId] }
    case "read":
      return {
        store,
        method: kind,
        input: [nameOf(world, request), c % 2 === 0 ? [] : [paymentIdOf(c), paymentIdOf(d), "99"]]
      }
    case "paymentsElsewhere": {
      const { id, merchant } = pickStored(world, a) ?? { id: "nobody", merchant: "shop" }
      return { store, method: kind, input: [{ id, merchant }, [paymentIdOf(c), paymentIdOf(d), "99"]] }
    }
    case "shopOrder":
      return { store, method: kind, input: [shopOrderName(world, request)] }
    case "commit":
      return { store, method: kind, input: [changeOf(world, request)] }
    case "list": {
      const after = pickStored(world, c)
      const page = { limit: limitOf(d) }
      const cursor = after === undefined || c % 3 === 0
        ? {}
        : { after: { createdAtMs: after.createdAtMs, id: after.id } }
      return { store, method: kind, input: [filterOf(world, request), { ...page, ...cursor }] }
    }
    case "due":
      return { store, method: kind, input: [dueQuestion(world, request)] }
    case "staleReservations": {
      const after = c % 2 === 0 ? undefined : pickStored(world, d)
      const cursor = after === undefined ? {} : { after: { createdAtMs: after.createdAtMs, id: after.id } }
      const question = { nowMs: world.nowMs - a % 60_000, limit: limitOf(b), ...cursor }
      return { store, method: kind, input: [question] }
    }
    case "observations":
      return {
        store,
        method: kind,
        input: [orderId, { limit: limitOf(b), ...(c % 2 === 0 ? {} : { before: c % 12 }) }]
      }
    case "intend":
      return { store, method: kind, input: [modificationOf(world, request, orderId), b % 900] }
    case "resolve":
      return { store, method: kind, input: [resolution(world, request)] }
    case "withdraw": {
      const { kind: ofKind, reference } = resolution(world, request)
      return { store, method: kind, input: [{ orderId, kind: ofKind, reference }] }
    }
    case "takePeriod":
      return {
        store,
        method: kind,
        input: [{ merchant: pick(merchants, a), series: `series-${b % 9}`, period: `2026-${c % 30}`, orderId }]
      }
  }
}
