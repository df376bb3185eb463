/**
 * `docdata orders export`: everything that is stored about an order.
 */
import { noted } from "@docdata/testkit"
import { OrderStore, Outbox, pageSizeMax } from "@docdata/application"
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

interface Exported {
  readonly anomalies: ReadonlyArray<object>
  readonly deliveries: ReadonlyArray<object>
  readonly events: ReadonlyArray<{ readonly id: string }>
  readonly observations: ReadonlyArray<{ readonly revision: number }>
}

const exported = async (): Promise<Exported> => {
  const { exit, stdout } = await shop.run(["orders", "export", order.id])
  expect(exit).toBe(0)
  return JSON.parse(stdout)
}

/** Commits to the order, as refreshes and people would. */
const commit = (change: Partial<Parameters<OrderStore["Service"]["commit"]>[0]>) =>
  Effect.gen(function*() {
    const store = yield* OrderStore
    const { order: { revision, state }, payments } = yield* store.read({ by: "id", id: order.id })
    return yield* store.commit({
      orderId: order.id,
      expectedRevision: revision,
      committedAtMs: 1_000,
      state,
      payments,
      events: [],
      subscribers: [],
      modifications: [],
      nextRefreshAtMs: undefined,
      quietRefreshes: 0,
      ...change
    })
  })

describe("docdata orders export", () => {
  it("has the anomalies of the order, newest first, with those that are over", async () => {
    const anomaly = (id: string) => ({
      id,
      merchant: "shop",
      orderId: order.id,
      kind: "modification-unclear" as const,
      subject: id,
      level: "warning" as const,
      data: { reference: id },
      raisedAtMs: 1_000,
      changedAtMs: 1_000
    })
    const anomalies = [anomaly("a-1"), { ...anomaly("a-2"), resolvedAtMs: 2_000 }]
    await shop.inStores(commit({ anomalies }))
    expect((await exported()).anomalies).toMatchObject([
      { id: "a-2", state: "resolved", resolvedAt: "1970-01-01T00:00:02.000Z" },
      { id: "a-1", state: "open", data: { reference: "a-1" } }
    ])
  })

  it("has the deliveries of its events, and how each attempt went", async () => {
    await shop.inStores(
      Effect.gen(function*() {
        const payloads = [{ type: "return.visited", callback: "success" }] as const
        const { events } = yield* commit({ events: payloads, subscribers: ["hooks", "gone"] })
        const outbox = yield* Outbox
        const attempt = { subscriber: "hooks", eventId: events[0]!.id, durationMs: 5 }
        yield* noted(outbox, { ...attempt, atMs: 1_000, outcome: { fault: "ECONNREFUSED" } })
        yield* noted(outbox, { ...attempt, atMs: 2_000, outcome: { status: 503 } })
      })
    )
    const { deliveries, events } = await exported()
    const eventId = events.at(-1)!.id
    expect(deliveries).toMatchObject([
      { endpointId: "gone", eventId, state: "waiting", attemptCount: 0, attempts: [] },
      {
        endpointId: "hooks",
        eventId,
        state: "waiting",
        attempts: [
          { at: "1970-01-01T00:00:01.000Z", durationMs: 5, fault: "ECONNREFUSED" },
          { at: "1970-01-01T00:00:02.000Z", durationMs: 5, status: 503 }
        ]
      }
    ])
  })

  it("writes observations page by page, newest first", async () => {
    await shop.run(["orders", "refresh", order.id])
    const refreshesCount = pageSizeMax + 5
    await shop.inStores(
      Effect.gen(function*() {
        const store = yield* OrderStore
        const { items: [observation] } = yield* store.observations(order.id, { limit: 1 })
        for (let index = 1; index < refreshesCount; index++) yield* commit({ observation: observation! })
      })
    )
    const written: Array<string> = []
    const { exit } = await shop.run(["orders", "export", order.id], "", {
      write: async (text) => {
        written.push(text)
      }
    })
    expect(exit).toBe(0)
    const text = written.join("")
    const revisions = (JSON.parse(text) as Exported).observations.map(({ revision }) => revision)
    expect(revisions).toHaveLength(refreshesCount)
    expect(revisions).toEqual(revisions.toSorted((a, b) => b - a))
    // No piece holds more than one item.
    expect(Math.max(...written.map(({ length }) => length))).toBeLessThan(text.length / 50)
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), undefined, 2)}\n`)
  })
})
