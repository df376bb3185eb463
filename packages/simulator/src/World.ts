/**
 * Everything the simulator knows: merchants, orders, payments, the clock. All changes go through here, so that
 * history, follow-ups and notifications can never be forgotten, and so that a snapshot can take a change back.
 */
import type { Money, StatusReport } from "@docdata/domain"
import { logEntriesMax, ordersKeptMax, paymentsPerOrderMax, referencesKeptMax } from "./limits.ts"
import type { Merchant } from "./Merchant.ts"
import type { NotificationPlan } from "./notifications/announce.ts"
import { announce } from "./notifications/announce.ts"
import type { NotificationAttempt, NotificationFault } from "./notifications/Notification.ts"
import { followUps } from "./order/followUps.ts"
import type { ExchangeRates } from "./order/Money.ts"
import type { Order } from "./order/Order.ts"
import type { BankAccount, Payment, ReturnUrls } from "./order/Payment.ts"
import type { NotAllowed, PaymentEvent } from "./order/PaymentEvent.ts"
import { afterEvent, isNotAllowed } from "./order/PaymentEvent.ts"
import { methodNamed } from "./order/PaymentMethod.ts"
import { approximateTotals, isCovered, statusReport } from "./order/statusReport.ts"
import { orderKey, paymentId } from "./order/identifiers.ts"
import { present } from "./present.ts"
import type { ServerVersion } from "./replies/ServerVersion.ts"
import type { SeededRandom } from "./SeededRandom.ts"
import { seededRandom } from "./SeededRandom.ts"
import type { Timeline, TimelineState } from "./Timeline.ts"

/** One thing that happened, for people and for comparing two runs. */
export interface HistoryEntry {
  readonly atMs: number
  readonly orderKey: string
  readonly paymentId?: string
  readonly what: string
}

export interface WorldSettings {
  readonly version: ServerVersion
  readonly rates: ExchangeRates
  readonly voidKeepsApproved: boolean
  readonly menuCloses: "21-days" | "days-to-pay"
}

export interface NewPayment {
  readonly method: string
  readonly amount: Money
  readonly webDirect: boolean
  readonly issuer?: string
  readonly account?: BankAccount
  readonly returnUrls?: ReturnUrls
}

/** Why an order or payment could not be added. */
export interface Full {
  readonly _tag: "Full"
  readonly what: string
}

interface State {
  readonly orders: ReadonlyMap<string, Order>
  readonly payments: ReadonlyMap<string, Payment>
  readonly notifications: NotificationPlan
  readonly history: ReadonlyArray<HistoryEntry>
  readonly timeline: TimelineState
  readonly random: number
  readonly references: ReadonlySet<string>
  readonly attempts: ReadonlyArray<NotificationAttempt>
}

export class World {
  readonly settings: WorldSettings
  readonly timeline: Timeline
  /** For keys and ids. */
  readonly random: SeededRandom
  /** For the order of payments in reports, apart from the rest: how often somebody asks must not change what happens. */
  private readonly shuffling: SeededRandom
  readonly merchants = new Map<string, Merchant>()
  private readonly orders = new Map<string, Order>()
  private readonly payments = new Map<string, Payment>()
  private references = new Set<string>()
  private lastPaymentId: string | undefined
  private notifications: NotificationPlan = { faults: [], sentCount: 0 }
  private readonly history: Array<HistoryEntry> = []
  readonly attempts: Array<NotificationAttempt> = []

  constructor(parts: { readonly settings: WorldSettings; readonly timeline: Timeline; readonly random: SeededRandom }) {
    this.settings = parts.settings
    this.timeline = parts.timeline
    this.random = parts.random
    this.shuffling = seededRandom(parts.random.state())
  }

  get nowMs(): number {
    return this.timeline.nowMs()
  }

  // Orders

  /** True if the merchant ever used the reference, also for an order that is forgotten by now. */
  isReferenceTaken(merchant: string, reference: string): boolean {
    return this.references.has(`${merchant}\n${reference}`)
  }

  addOrder(fields: Omit<Order, "key" | "createdAtMs" | "cancelled" | "paymentIds" | "returnUrls">): Order | Full {
    if (this.references.size >= referencesKeptMax) return { _tag: "Full", what: `${referencesKeptMax} references` }
    let key = orderKey(this.random)
    while (this.orders.has(key)) key = orderKey(this.random)
    const order: Order = { ...fields, key, createdAtMs: this.nowMs, cancelled: false, paymentIds: [], returnUrls: {} }
    if (this.orders.size >= ordersKeptMax) this.forgetOldest()
    this.orders.set(key, order)
    this.references.add(`${order.subjectMerchant ?? order.merchant}\n${order.reference}`)
    this.note({ orderKey: key, what: `order created for ${order.registered.minor} ${order.registered.currency}` })
    return order
  }

  orderOf(key: string | undefined): Order | undefined {
    return key === undefined ? undefined : this.orders.get(key)
  }

  allOrders(): ReadonlyArray<Order> {
    return [...this.orders.values()]
  }

  changeOrder(order: Order, changes: Partial<Order>): Order {
    const changed = { ...order, ...changes }
    this.orders.set(order.key, changed)
    return changed
  }

  cancelOrder(order: Order): Order {
    this.note({ orderKey: order.key, what: "order cancelled by the merchant" })
    return this.changeOrder(order, { cancelled: true })
  }

  /** The order that began a recurring series of this merchant. */
  firstOfSeries(merchant: string, reference: string): Order | undefined {
    return this.allOrders().find((order) => order.merchant === merchant && order.recurringReference === reference)
  }

  // Payments

  paymentOf(id: string | undefined): Payment | undefined {
    return id === undefined ? undefined : this.payments.get(id)
  }

  /** In order of creation. */
  paymentsOf(order: Order): ReadonlyArray<Payment> {
    return order.paymentIds.flatMap((id) => this.payments.get(id) ?? [])
  }

  addPayment(order: Order, fields: NewPayment): Payment | Full {
    if (order.paymentIds.length >= paymentsPerOrderMax) {
      return { _tag: "Full", what: `${paymentsPerOrderMax} payments for one order` }
    }
    const id = paymentId(this.random, this.lastPaymentId)
    this.lastPaymentId = id
    const payment: Payment = {
      id,
      orderKey: order.key,
      method: fields.method,
      webDirect: fields.webDirect,
      createdAtMs: this.nowMs,
      status: "NEW",
      amount: fields.amount,
      confidence: "SHOPPER_PENDING",
      captures: [],
      refunds: [],
      chargebacks: [],
      finalCaptureFiled: false,
      ...present({ issuer: fields.issuer, account: fields.account }),
      returnUrls: fields.returnUrls ?? {}
    }
    this.payments.set(id, payment)
    const current = this.orders.get(order.key) ?? order
    this.changeOrder(current, { paymentIds: [...current.paymentIds, id] })
    this.note({
      orderKey: order.key,
      paymentId: id,
      what: `${payment.method} payment of ${payment.amount.minor} ${payment.amount.currency}`
    })
    return payment
  }

  /** Lets something happen to a payment: the change, its trace, what follows from it, and the notification. */
  happen(id: string, event: PaymentEvent): Payment | NotAllowed | undefined {
    const before = this.payments.get(id)
    if (before === undefined) return undefined
    const after = afterEvent(before, event, this.nowMs)
    if (isNotAllowed(after)) return after
    this.payments.set(id, after)
    this.note({ orderKey: after.orderKey, paymentId: id, what: describe(event, after) })
    const method = methodNamed(after.method)
    // An acquirer that refused to give up a payment does not do so later.
    if (event.type === "cancel-refused") this.withdrawCancellation(id)
    for (const { atMs, event: due } of followUps(after, event, { nowMs: this.nowMs, method })) {
      this.timeline.plan(atMs, { kind: "payment", paymentId: id, event: due })
    }
    const order = this.orders.get(after.orderKey)
    if (order !== undefined) {
      this.judge(order)
      if (event.type !== "shopper-said") this.announceChange(order)
    }
    return after
  }

  private withdrawCancellation(id: string): void {
    this.timeline.withdraw(({ due }) =>
      due.kind === "payment" && due.paymentId === id && (due.event.type === "voided" || due.event.type === "cancelled")
    )
  }

  // Reports

  /** The report in the order of creation, or shuffled as the real service may send it. */
  report(order: Order, shuffle = false): StatusReport {
    const payments = this.paymentsOf(order)
    return statusReport(order, shuffle ? this.shuffling.shuffled(payments) : payments, this.reportSettings(order))
  }

  private reportSettings(order: Order) {
    return {
      ...this.settings,
      nowMs: this.nowMs,
      voidKeepsApproved: order.voidKeepsApproved ?? this.settings.voidKeepsApproved
    }
  }

  private judge(order: Order): void {
    if (order.safeSinceMs !== undefined || order.paymentIds.length === 0) return
    const totals = approximateTotals(order, this.paymentsOf(order), this.reportSettings(order))
    if (isCovered(totals)) this.changeOrder(order, { safeSinceMs: this.nowMs })
  }

  // Notifications

  planNotificationFaults(faults: ReadonlyArray<NotificationFault>): void {
    this.notifications = { ...this.notifications, faults: [...this.notifications.faults, ...faults] }
  }

  clearNotificationFaults(): void {
    this.notifications = { ...this.notifications, faults: [] }
  }

  clearNotificationFaultsOf(orderKey: string): void {
    const faults = this.notifications.faults.filter((fault) => fault.orderKey !== orderKey)
    this.notifications = { ...this.notifications, faults }
  }

  announceChange(order: Order): void {
    const updateUrl = this.merchants.get(order.merchant)?.updateUrl
    if (updateUrl === undefined) return
    const { lost, plan } = announce(order, { updateUrl, timeline: this.timeline }, this.notifications)
    this.notifications = plan
    if (lost !== undefined) this.recordAttempt(lost)
  }

  recordAttempt(attempt: NotificationAttempt): void {
    keepNewest(this.attempts, attempt)
  }

  // History

  note(entry: Omit<HistoryEntry, "atMs">): void {
    keepNewest(this.history, { atMs: this.nowMs, ...entry })
  }

  historyOf(key?: string): ReadonlyArray<HistoryEntry> {
    return key === undefined ? [...this.history] : this.history.filter((entry) => entry.orderKey === key)
  }

  // Snapshots

  /** All that an operation can change, to be put back by {@link restore}. */
  snapshot(): State {
    return {
      orders: new Map(this.orders),
      payments: new Map(this.payments),
      notifications: this.notifications,
      history: [...this.history],
      timeline: this.timeline.state(),
      random: this.random.state(),
      references: new Set(this.references),
      attempts: [...this.attempts]
    }
  }

  restore(state: State): void {
    this.orders.clear()
    for (const [key, order] of state.orders) this.orders.set(key, order)
    this.payments.clear()
    for (const [id, payment] of state.payments) this.payments.set(id, payment)
    this.history.splice(0, this.history.length, ...state.history)
    this.attempts.splice(0, this.attempts.length, ...state.attempts)
    this.notifications = state.notifications
    this.timeline.restore(state.timeline)
    this.random.restore(state.random)
    this.references = new Set(state.references)
  }

  private forgetOldest(): void {
    const [oldest] = this.orders.values()
    if (oldest === undefined) return
    this.orders.delete(oldest.key)
    for (const id of oldest.paymentIds) this.payments.delete(id)
  }
}

export const isFull = (value: Order | Payment | Full): value is Full => "_tag" in value

const keepNewest = <A>(list: Array<A>, entry: A): void => {
  list.push(entry)
  if (list.length > logEntriesMax) list.shift()
}

const describe = (event: PaymentEvent, payment: Payment): string => {
  switch (event.type) {
    case "moved":
    case "worded":
    case "failed":
    case "cancel-refused":
      return event.status
    case "capture-worded":
      return `capture ${event.number} ${event.status}`
    case "shopper-said":
      return `shopper ${event.answer} at the bank`
    case "authorized":
      return `AUTHORIZED ${event.confidence}${event.capture === undefined ? "" : `, capture ${event.capture}`}`
    case "cancelled":
      return "CANCELED"
    case "confidence-changed":
      return `confidence ${event.confidence}`
    case "capture-filed":
      return `capture ${payment.captures.length} of ${event.filing.amountMinor} filed`
    case "capture-moved":
      return `capture ${event.number} ${event.status}`
    case "refund-filed":
      return `refund ${payment.refunds.length} of ${event.filing.amountMinor} filed`
    case "refund-moved":
      return `refund ${event.number} ${event.status}`
    case "charged-back":
      return `charged back ${event.amountMinor}`
    case "reversed":
      return `reversed ${event.amountMinor}`
    case "voided":
      return "voided"
    case "cancel-asked":
      return "CANCEL_REQUESTED"
  }
}
