/**
 * The shop's own statuses, and the three ways in which the older implementation loses a change between it and the shop.
 */
import { type OrderEvent, type OrderStatus, orderStatuses } from "@docdata/domain"
import { assert, describe, it } from "@effect/vitest"
import {
  isShopStatuses,
  shopEvents,
  type ShopStatuses,
  shopStatusesViolations,
  type StoredEvent
} from "../../src/index.ts"

const statuses = {
  new: "open",
  in_progress: "open",
  pending: "open",
  paid: "paid",
  paid_refunded: "paid",
  cancelled: "cancelled",
  charged_back: "refunded",
  refunded: "refunded",
  expired: "cancelled",
  unknown: null
} as const satisfies ShopStatuses["statuses"]

const moves = { open: ["paid", "cancelled"], paid: ["refunded"], cancelled: [], refunded: [] }

const changed = (from: OrderStatus, to: OrderStatus): OrderEvent => ({
  type: "order.status_changed",
  from,
  to,
  rule: "paid-in-full",
  currency: "EUR",
  captured: 0,
  refunded: 0,
  chargedBack: 0,
  net: 0
})

/** Tells one change after the other, and answers the shop's part in each. */
const published = (table: ShopStatuses, way: ReadonlyArray<OrderStatus>) => {
  const events: Array<StoredEvent> = []
  return way.slice(1).map((to, index) => {
    const { events: [payload], isFollowing, refused } = shopEvents(table, events, [changed(way[index]!, to)])
    assert(payload?.type === "order.status_changed")
    const revision = index + 2
    events.push({
      id: `o-${revision}-0`,
      merchant: "shop",
      orderId: "o",
      revision,
      position: 0,
      occurredAtMs: 1,
      payload
    })
    return { shop: payload.shop, refused, isFollowing }
  })
}

describe("the shop's part in a change of status", () => {
  it("is there also when two statuses are one in the shop: no change is lost", () => {
    const parts = published({ statuses, moves }, ["new", "in_progress", "pending", "paid"])
    assert.deepEqual(parts.map(({ shop }) => shop), [
      { from: "open", status: "open", step: "stayed" },
      { from: "open", status: "open", step: "stayed" },
      { from: "open", status: "paid", step: "moved" }
    ])
    assert.deepEqual(parts.flatMap(({ refused }) => refused), [])
  })

  it("says that the shop refuses a move, and it stands where it was until it follows again", () => {
    const parts = published({ statuses, moves: { ...moves, cancelled: ["refunded"] } }, [
      "new",
      "cancelled",
      "paid",
      "paid_refunded",
      "refunded"
    ])
    assert.deepEqual(parts.map(({ shop }) => shop?.step), ["moved", "refused", "refused", "moved"])
    assert.deepEqual(parts[1]?.shop, { from: "cancelled", status: "paid", step: "refused" })
    assert.deepEqual(parts[1]?.refused, [{
      kind: "shop-transition-refused",
      subject: "paid",
      level: "warning",
      data: { status: "paid", from: "cancelled", to: "paid" }
    }])
    assert.deepEqual(parts.map(({ isFollowing }) => isFollowing), [true, false, false, true])
  })

  it("is told for an order that expires: the change is compared with what was told, not with what is in memory", () => {
    const [part] = published({ statuses, moves }, ["new", "expired"])
    assert.deepEqual(part?.shop, { from: "open", status: "cancelled", step: "moved" })
  })

  it("leaves the shop alone where it does not follow, and goes on from where it stood", () => {
    const parts = published({ statuses, moves }, ["new", "unknown", "paid"])
    assert.deepEqual(parts.map(({ shop }) => shop), [
      { from: "open", step: "ignored" },
      { from: "open", status: "paid", step: "moved" }
    ])
    const [first] = published({ statuses: { ...statuses, new: null } }, ["new", "paid"])
    assert.deepEqual(first?.shop, { status: "paid", step: "moved" })
  })

  it("allows every move without a list of moves, and moves from words that the table does not know any more", () => {
    const ways = orderStatuses.flatMap((from) => orderStatuses.map((to) => ["new", from, to] as const))
    for (const way of ways) {
      for (const { refused } of published({ statuses }, way)) assert.deepEqual(refused, [])
    }
    const renamed = { ...statuses, new: "fresh", in_progress: "fresh", pending: "fresh" }
    const { events } = shopEvents({ statuses, moves }, [], [changed("new", "paid")])
    const after = shopEvents({ statuses: renamed, moves: { fresh: ["paid"], paid: [], cancelled: [], refunded: [] } }, [
      {
        id: "o-2-0",
        merchant: "shop",
        orderId: "o",
        revision: 2,
        position: 0,
        occurredAtMs: 1,
        payload: { ...changed("new", "new"), shop: { from: "x", status: "gone", step: "moved" } } as OrderEvent
      }
    ], events)
    assert.deepEqual(after.refused, [])
  })

  it("takes changes that were told before there was a table for followed", () => {
    const before: StoredEvent = {
      id: "o-2-0",
      merchant: "shop",
      orderId: "o",
      revision: 2,
      position: 0,
      occurredAtMs: 1,
      payload: changed("new", "paid")
    }
    const { events: [events] } = shopEvents({ statuses, moves }, [before], [changed("paid", "refunded")])
    assert.deepInclude(events, { shop: { from: "paid", status: "refunded", step: "moved" } })
  })

  it("is absent without a table", () => {
    const events = [changed("new", "paid")]
    assert.deepEqual(shopEvents(undefined, [], events), { events, refused: [], isFollowing: true })
  })
})

describe("a table of the shop's statuses", () => {
  it("is taken when every status is mapped or ignored and every word has its moves", () => {
    assert.isTrue(isShopStatuses({ statuses, moves }))
    assert.isTrue(isShopStatuses({ statuses }))
  })

  it("is refused with all that is wrong", () => {
    const { expired: _, paid: __, ...fewer } = statuses
    assert.deepEqual(
      shopStatusesViolations({
        statuses: { ...fewer, shipped: "sent", new: " " },
        moves: { open: ["paid"], sent: ["lost"], cancelled: [] }
      }),
      [
        "paid is neither mapped nor ignored",
        "expired is neither mapped nor ignored",
        "shipped is no status of an order",
        "a status of the shop is 1 to 50 characters",
        "no status is mapped to lost",
        "it is not said where   may go to",
        "it is not said where paid may go to",
        "it is not said where refunded may go to"
      ]
    )
  })
})
