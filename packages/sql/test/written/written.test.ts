/**
 * What commit fbc913a wrote is opened by the present code and goes on. See `writtenDatabase.ts`.
 */
import {
  Anomalies,
  DeliveryLog,
  EventFeed,
  Inbox,
  OrderStore,
  Outbox,
  refreshOrder,
  refundPayment,
  relayEvents,
  type StoredEvent,
  type StoredOrder,
  WebhookEndpoints,
  workInbox
} from "@docdata/application"
import type { OrderStatus, StatusReport } from "@docdata/domain"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { afterAll, assert, describe, it } from "vitest"
import { layerShop, nowMs, type Reports, writtenStores } from "./writtenDatabase.ts"

const endpoint = "whe_0000000000000000ACTV"

/** Shop reference and attempt, registration, status, amount, payments, observations and events. */
const orders: Array<[string, StoredOrder["registration"], OrderStatus, ...counts: Array<number>]> = [
  ["abandoned-1 1", "abandoned", "new", 4990, 0, 0, 0],
  ["abandoned-1 2", "confirmed", "new", 4990, 0, 0, 1],
  ["cancelled-1 1", "confirmed", "cancelled", 4990, 0, 1, 3],
  ["captures-1 1", "confirmed", "pending", 10_000, 1, 2, 7],
  ["charged-back-1 1", "confirmed", "charged_back", 3000, 1, 2, 9],
  ["erased-1 1", "confirmed", "paid", 4990, 1, 1, 5],
  ["expired-1 1", "confirmed", "expired", 4990, 0, 1, 3],
  ["new-1 1", "confirmed", "new", 4990, 0, 0, 1],
  ["old-1 1", "confirmed", "paid", 1999, 1, 0, 0],
  ["old-2 1", "confirmed", "pending", 500, 0, 0, 0],
  ["outlet-1 1", "confirmed", "paid", 1250, 1, 1, 5],
  ["overpaid-1 1", "confirmed", "paid", 1000, 2, 1, 7],
  ["paid-1 1", "confirmed", "paid", 4990, 1, 1, 5],
  ["refunded-1 1", "confirmed", "refunded", 2000, 1, 2, 9],
  ["refunds-1 1", "confirmed", "paid_refunded", 10_000, 1, 2, 8],
  ["reserved-1 1", "reserved", "new", 4990, 0, 0, 0],
  ["transfer-1 1", "confirmed", "pending", 4990, 1, 1, 4],
  ["unknown-1 1", "confirmed", "unknown", 4990, 1, 1, 5],
  ["waiting-1 1", "confirmed", "in_progress", 4990, 1, 1, 4]
]

const nameOf = ({ orderAttempt, shopReference }: StoredOrder): string => `${shopReference} ${orderAttempt}`

const allOrders = Effect.map(
  OrderStore.use((store) => store.list({}, { limit: 100 })),
  ({ items }) => items.toSorted((a, b) => nameOf(a) < nameOf(b) ? -1 : 1)
)

const orderOf = (shopReference: string) =>
  Effect.map(allOrders, (all) => all.find((order) => order.shopReference === shopReference)!)

const lineOf = Effect.fnUntraced(function*(order: StoredOrder) {
  const store = yield* OrderStore
  const { payments } = yield* store.read({ by: "id", id: order.id })
  const observations = (yield* store.observations(order.id, { limit: 10 })).items
  const events = yield* store.events(order.id)
  const counts = [order.grossMinor, payments.length, observations.length, events.length]
  return [nameOf(order), order.registration, order.state.status, ...counts]
})

/** State of each capture or refund by its own reference. */
const states = (order: StoredOrder) =>
  Effect.map(
    OrderStore.use((store) => store.modifications(order.id)),
    (all) => Object.fromEntries(all.map(({ amountMinor, reference, state }) => [reference, `${state} ${amountMinor}`]))
  )

/** What a report says once its payment is refunded in full. */
const refundedIn = ({ payments: [payment], totals }: StatusReport, merchantReference: string): StatusReport => {
  const { authorization } = payment!
  const { amount } = authorization
  return {
    totals: { ...totals, refunded: amount.minor },
    payments: [{
      ...payment!,
      authorization: { ...authorization, refunds: [{ status: "CAPTURED", amount, merchantReference }] }
    }]
  }
}

for (const { layer, name } of writtenStores) {
  describe(`a database of commit fbc913a on ${name}`, () => {
    const opened: Array<() => Promise<void>> = []
    afterAll(async () => {
      for (const close of opened) await close()
    })
    const shop = () => {
      const delivered: Array<readonly [string, StoredEvent]> = []
      const reports: Reports = new Map()
      const services = Layer.mergeAll(layerShop(layer, { delivered, reports }), Logger.layer([]))
      const { dispose, runPromise } = ManagedRuntime.make(services)
      opened.push(dispose)
      return { delivered, reports, run: runPromise }
    }
    // Those that only read share one database.
    const reads = shop()

    it("keeps every order with its payments, observations and events", () =>
      reads.run(Effect.gen(function*() {
        assert.deepStrictEqual(yield* Effect.forEach(yield* allOrders, lineOf), orders)
        const listed = yield* OrderStore.use((store) =>
          store.list({ statuses: ["paid"], merchants: ["outlet"] }, { limit: 9 })
        )
        assert.deepStrictEqual(listed.items.map(({ shopReference }) => shopReference), ["outlet-1"])
      })))

    it("keeps every capture and refund in its state", () =>
      reads.run(Effect.gen(function*() {
        const expected = (letter: string) => ({
          [`${letter}-confirmed`]: "confirmed 100",
          [`${letter}-filed`]: "filed 200",
          [`${letter}-unclear`]: "unclear 300",
          [`${letter}-failed`]: "failed 400",
          [`${letter}-intended`]: "intended 500"
        })
        assert.deepStrictEqual(yield* states(yield* orderOf("refunds-1")), expected("r"))
        assert.deepStrictEqual(yield* states(yield* orderOf("captures-1")), expected("c"))
        assert.deepStrictEqual(yield* states(yield* orderOf("refunded-1")), { "back-1": "confirmed 2000" })
      })))

    it("keeps why each status was decided, with the texts of the exchange, but not those of an erased order", () =>
      reads.run(Effect.gen(function*() {
        const store = yield* OrderStore
        const last = (shopReference: string) =>
          Effect.flatMap(
            orderOf(shopReference),
            ({ id }) => Effect.map(store.observations(id, { limit: 1 }), ({ items: [observation] }) => observation!)
          )
        const paid = yield* last("paid-1")
        assert.deepInclude(paid.decision, { status: "paid", rule: "paid-in-full", fulfilment: "ship" })
        assert.deepInclude(paid.decision.figures, { registered: 4990, captured: 4990, refunded: 0 })
        assert.deepStrictEqual(paid.findings, [])
        assert.include(paid.exchange?.replyText, "<totalCaptured>4990</totalCaptured>")
        const overpaid = yield* last("overpaid-1")
        assert.deepInclude(overpaid.findings[0], { kind: "overpaid", by: 1000, currency: "EUR" })
        const erased = yield* last("erased-1")
        assert.strictEqual(erased.decision.status, "paid")
        assert.strictEqual(erased.exchange?.replyText ?? "", "")
      })))

    it("keeps anomalies, webhook endpoints and the month that was charged", () =>
      reads.run(Effect.gen(function*() {
        const { items } = yield* Anomalies.use((anomalies) => anomalies.list({}, { limit: 10 }))
        assert.sameMembers(items.map(({ kind, subject }) => `${kind} ${subject}`), [
          "notification-dead-lettered nobody-1",
          "underpaid ",
          "overpaid ",
          "unknown-status-word 4939654044"
        ])
        const overpaid = items.find(({ kind }) => kind === "overpaid")!
        assert.deepInclude(overpaid.acknowledged, { by: "desk", note: "asked the bank" })
        const endpoints = yield* WebhookEndpoints.use((all) => all.all())
        assert.sameMembers(endpoints.map(({ disabled, id }) => `${id} ${disabled?.because}`), [
          `${endpoint} undefined`,
          "whe_0000000000000000HAND by-hand",
          "whe_0000000000000000FAIL failing"
        ])
        const byHand = endpoints.find(({ signature }) => signature === "v1a")!
        assert.deepInclude(byHand, { keyVersion: 2, url: "https://shop.example/hooks/1", merchants: ["shop"] })
        const month = { merchant: "shop", series: "subscription-1", period: "2026-11", orderId: "another" }
        assert.isFalse(yield* OrderStore.use((store) => store.takePeriod(month)))
      })))

    it("goes on with the event feed where it ended", () =>
      reads.run(Effect.gen(function*() {
        const feed = yield* EventFeed
        const places: Array<number> = []
        for (let after = 0, more = true; more;) {
          const page = yield* feed.read({ after, limit: 50 })
          places.push(...page.entries.map(({ feedPosition }) => feedPosition))
          after = page.next
          more = page.more
        }
        assert.deepStrictEqual(places, Array.from({ length: 76 }, (_, index) => index + 1))
      })))

    it("refreshes every order without changing its status", () =>
      shop().run(Effect.gen(function*() {
        const store = yield* OrderStore
        for (const order of yield* allOrders) {
          if (order.merchant !== "shop" || order.registration !== "confirmed") continue
          if ((yield* store.observations(order.id, { limit: 1 })).items.length === 0) continue
          const { order: refreshed } = yield* refreshOrder({ by: "id", id: order.id }, { observedBy: "operator" })
          assert.strictEqual(refreshed.state.status, order.state.status, order.shopReference)
          assert.strictEqual(refreshed.revision, order.revision + 1, order.shopReference)
        }
      })))

    it("refunds a payment, and confirms the refund when the report shows it", () => {
      const { reports, run } = shop()
      return run(Effect.gen(function*() {
        const store = yield* OrderStore
        const order = yield* orderOf("paid-1")
        const name = { by: "id", id: order.id } as const
        const { payments } = yield* store.read(name)
        const request = { paymentId: payments[0]!.paymentId, reference: "everything" }
        yield* refundPayment(name, request)
        assert.deepStrictEqual(yield* states(order), { everything: "filed 4990" })
        const [last] = (yield* store.observations(order.id, { limit: 1 })).items
        reports.set(order.state.key, refundedIn(last!.report, "everything"))
        const { order: refunded } = yield* refreshOrder(name, { observedBy: "operator" })
        assert.strictEqual(refunded.state.status, "refunded")
        assert.deepStrictEqual(yield* states(order), { everything: "confirmed 4990" })
      }))
    })

    it("refuses a refund of more than the refunds that are under way leave", () =>
      shop().run(Effect.gen(function*() {
        const { id } = yield* orderOf("refunds-1")
        const { payments } = yield* OrderStore.use((store) => store.read({ by: "id", id }))
        const ask = (amountMinor: number) =>
          refundPayment({ by: "id", id }, {
            paymentId: payments[0]!.paymentId,
            reference: `${amountMinor}`,
            amountMinor
          })
        const refused = yield* Effect.flip(ask(8_901))
        assert.deepInclude(refused, { _tag: "ModificationTooLarge", leftMinor: 8_900 })
        assert.deepInclude(yield* ask(8_900), { state: "filed", amountMinor: 8_900 })
      })))

    it("works off the notifications that waited, and leaves the one that was given up", () =>
      shop().run(Effect.gen(function*() {
        const inbox = yield* Inbox
        assert.strictEqual(yield* inbox.backlog(), 2)
        assert.strictEqual(yield* workInbox(), 2)
        assert.strictEqual(yield* inbox.backlog(), 0)
        const transfer = yield* orderOf("transfer-1")
        const events = yield* OrderStore.use((store) => store.events(transfer.id))
        assert.strictEqual(events.at(-1)?.payload.type, "notification.received")
        assert.deepStrictEqual((yield* inbox.deadLettered(10)).map(({ id }) => id), ["ntf_00000000000000PARKED"])
      })))

    it("delivers every event that an endpoint still misses once, in the order of each order", () => {
      const { delivered, run } = shop()
      return run(Effect.gen(function*() {
        const outbox = yield* Outbox
        const log = yield* DeliveryLog
        const before = yield* log.list({ subscriber: endpoint, state: "waiting" }, { limit: 100 })
        const waiting = yield* outbox.backlog(endpoint)
        assert.strictEqual(before.items.length, waiting)
        while ((yield* relayEvents()) > 0) { /* Until nothing is left. */ }
        assert.strictEqual(yield* outbox.backlog(endpoint), 0)
        const got = delivered.flatMap(([subscriber, event]) => subscriber === endpoint ? [event] : [])
        assert.sameMembers(got.map(({ id }) => id), before.items.map(({ event }) => event.id))
        for (const order of yield* allOrders) {
          const own = got.filter(({ orderId }) => orderId === order.id).map(({ id }) => id)
          const events = yield* OrderStore.use((store) => store.events(order.id))
          assert.deepStrictEqual(own, events.map(({ id }) => id).filter((id) => own.includes(id)))
        }
        const transfer = yield* orderOf("transfer-1")
        const given = yield* outbox.deadLettered({
          subscriber: endpoint,
          deadLetteredFromMs: 0,
          deadLetteredUntilMs: nowMs,
          limit: 9
        })
        assert.deepStrictEqual(given.map(({ event, reason }) => [event.orderId, reason]), [[
          transfer.id,
          "answered 410"
        ]])
        const attempts = yield* log.attempts(endpoint, given[0]!.event.id)
        assert.deepStrictEqual(attempts.map(({ outcome }) => outcome), [{ status: 410 }])
      }))
    })
  })
}
