/**
 * What a person decides of an order: `docdata orders resolve` and `docdata orders clear-hold`.
 */
import { type Commit, type Modification, OrderStore } from "@docdata/application"
import type { Order } from "@docdata/domain"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type CreatedOrder, openOrdersShop, type OrdersShop } from "../support/ordersShop.ts"

let shop: OrdersShop
let order: CreatedOrder

beforeEach(async () => {
  shop = await openOrdersShop()
  order = await shop.create("web-1")
})
afterEach(() => shop.close())

/** Stores what calls and refreshes of before would have left behind. */
const leave = (change: { readonly state?: Partial<Order>; readonly modifications?: Commit["modifications"] }) =>
  shop.inStores(
    Effect.gen(function*() {
      const store = yield* OrderStore
      const { order: { nextRefreshAtMs, quietRefreshes, revision, state }, payments } = yield* store.read({
        by: "id",
        id: order.id
      })
      yield* store.commit({
        orderId: order.id,
        expectedRevision: revision,
        committedAtMs: Date.now(),
        state: { ...state, ...change.state },
        payments,
        events: [],
        subscribers: [],
        modifications: change.modifications ?? [],
        nextRefreshAtMs,
        quietRefreshes
      })
    })
  )

const events = () =>
  shop.inStores(
    Effect.gen(function*() {
      const stored = yield* (yield* OrderStore).events(order.id)
      return stored.map(({ payload }) => payload)
    })
  )

/** A capture that was asked for so long ago and never answered. */
const unclear = async (ageMs: number, state: Modification["state"] = "unclear"): Promise<void> => {
  const paymentId = await shop.pay(order, "KLARNA_INVOICE")
  await shop.run(["orders", "refresh", order.id])
  const atMs = Date.now() - ageMs
  await leave({
    modifications: [{
      orderId: order.id,
      kind: "capture",
      reference: "c-1",
      paymentId,
      amountMinor: 4_990,
      currency: "EUR",
      state,
      requestedAtMs: atMs,
      changedAtMs: atMs
    }]
  })
}

const anHourMs = 3_600_000

const resolve = (...flags: ReadonlyArray<string>) => [
  "orders",
  "resolve",
  order.id,
  "--kind",
  "capture",
  "--reference",
  "c-1",
  "--outcome",
  "failed",
  "--evidence",
  "back-office",
  ...flags
]

describe("docdata orders resolve", () => {
  it("writes down what a person knows of a capture that was never answered, once", async () => {
    await unclear(anHourMs)
    const ended = await shop.run(resolve("--yes"))
    expect(ended.stderr).toMatch(
      /^docdata orders resolve: capture c-1 of 49\.90 EUR of order \S+ \(web-1\) will be called failed for good/
    )
    expect(ended).toMatchObject({ exit: 0, stdout: "capture c-1 of 49.90 EUR is failed\n" })
    const [again] = await shop.json<object>("orders-resolve", resolve("--yes"))
    expect(again).toMatchObject({ kind: "capture", reference: "c-1", state: "failed" })
    expect((await events()).filter(({ type }) => type === "modification.resolved")).toEqual([{
      type: "modification.resolved",
      kind: "capture",
      reference: "c-1",
      outcome: "failed",
      evidence: "back-office",
      by: "command-line"
    }])
  })

  it("needs consent", async () => {
    await unclear(anHourMs)
    const ended = await shop.run(resolve())
    expect(ended.stderr).toMatch(/--yes is missing, and there is nobody to ask\n$/)
    expect(ended.exit).toBe(2)
    expect((await events()).filter(({ type }) => type === "modification.resolved")).toEqual([])
  })

  it("says when, while the request may still be on its way", async () => {
    await unclear(60_000)
    const { exit, stderr } = await shop.run(resolve("--yes"), "", { nowMs: Date.now })
    expect(stderr).toMatch(/may still be on its way: resolve it from \d{4}-\d\d-\d\dT[\d:]+Z, in [89] min, on\n$/)
    expect(exit).toBe(4)
  })

  it("refuses one that is confirmed", async () => {
    await unclear(anHourMs, "confirmed")
    const ended = await shop.run(resolve("--yes"))
    expect(ended.stderr).toMatch(/is confirmed, not unclear\n$/)
    expect(ended.exit).toBe(4)
  })

  it("refuses one that is not there, and flags that are missing", async () => {
    const nobody = await shop.run(resolve("--yes"))
    expect(nobody.stderr).toMatch(/: order \S+ has no capture c-1\n$/)
    expect(nobody.exit).toBe(4)
    const without = await shop.run(["orders", "resolve", order.id, "--kind", "capture", "--yes"])
    expect(without.stderr).toMatch(
      /: --reference, --outcome and --evidence are missing; see docdata orders resolve --help\n/
    )
    expect(without.exit).toBe(2)
  })
})

describe("docdata orders clear-hold", () => {
  /** Paid, and held all the same. */
  const held = async (): Promise<void> => {
    const paymentId = await shop.pay(order)
    await shop.simulator.act({ do: "capture", paymentId, number: 1, status: "CAPTURED" })
    await shop.run(["orders", "refresh", order.id])
    await leave({ state: { hold: "paid-after-close", fulfilment: "wait" } })
  }

  it("lets a held order go, and a refresh decides about the goods", async () => {
    await held()
    const without = await shop.run(["orders", "clear-hold", order.id])
    expect(without.stderr).toMatch(
      /^docdata orders clear-hold: order \S+ \(web-1, 49\.90 EUR, paid\) is no longer held/
    )
    expect([without.exit, without.stdout]).toEqual([2, ""])
    const { exit, stdout } = await shop.run(["orders", "clear-hold", order.id, "--yes"])
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: "the hold is cleared\nthe order is paid, goods: ship\n" })
  })

  it("answers as an object", async () => {
    await held()
    const args = ["orders", "clear-hold", order.id, "--yes"]
    const [first] = await shop.json<object>("orders-clear-hold", args)
    expect(first).toMatchObject({ cleared: "paid-after-close", order: { status: "paid", fulfilment: "ship" } })
    const [again] = await shop.json<object>("orders-clear-hold", args)
    expect(again).not.toHaveProperty("cleared")
  })

  it("asks for nothing where nothing is held", async () => {
    const { exit, stderr, stdout } = await shop.run(["orders", "clear-hold", order.id])
    expect({ exit, stderr, stdout }).toEqual({
      exit: 0,
      stderr: "",
      stdout: "the order was not on hold\nthe order is new, goods: wait\n"
    })
  })
})
