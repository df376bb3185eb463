/**
 * The shop's own statuses, and the three ways in which the older implementation loses a change between it and the shop.
 */
import { type OrderEvent, type OrderStatus, orderStatuses, type ShopStep } from "@docdata/domain"
import { assert, describe, it } from "@effect/vitest"
import { isShopStatuses, shopStatusesViolations, type StoredEvent } from "../../src/index.ts"
import { refusalOf, type ShopStatus, statusAfter, statusByEvents, stepTo } from "../../src/shopOrders/shopStatus.ts"
import type { ShopStatuses } from "../../src/ports/index.ts"

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

/** Goes the way, one status after the other, and answers each step with what it gives cause to. */
const taken = (table: ShopStatuses, [first = "new", ...way]: ReadonlyArray<OrderStatus>) => {
  let current: ShopStatus = table.statuses[first] ?? undefined
  return way.map((to) => {
    const step = stepTo(table, current, to)
    current = statusAfter(current, step)
    return { step, refused: refusalOf(to, step) }
  })
}

const stored = (payload: OrderEvent): StoredEvent => ({
  id: "o-2-0",
  merchant: "shop",
  orderId: "o",
  revision: 2,
  position: 0,
  occurredAtMs: 1,
  payload
})

describe("the step of the shop's own status", () => {
  it("is there also when two statuses are one in the shop: no change is lost", () => {
    const steps = taken({ statuses, moves }, ["new", "in_progress", "pending", "paid"])
    assert.deepEqual(steps.map(({ step }) => step), [
      { from: "open", status: "open", step: "stayed" },
      { from: "open", status: "open", step: "stayed" },
      { from: "open", status: "paid", step: "moved" }
    ])
    assert.deepEqual(steps.flatMap(({ refused }) => refused), [])
  })

  it("says that the shop refuses a move, and it stands where it was until it follows again", () => {
    const steps = taken({ statuses, moves: { ...moves, cancelled: ["refunded"] } }, [
      "new",
      "cancelled",
      "paid",
      "paid_refunded",
      "refunded"
    ])
    assert.deepEqual(steps.map(({ step }) => step.step), ["moved", "refused", "refused", "moved"])
    assert.deepEqual(steps[1]?.step, { from: "cancelled", status: "paid", step: "refused" })
    assert.deepEqual(steps[1]?.refused, [{
      kind: "shop-transition-refused",
      subject: "paid",
      level: "warning",
      data: { status: "paid", from: "cancelled", to: "paid" }
    }])
  })

  it("leaves the shop alone where it does not follow, and goes on from where it stood", () => {
    assert.deepEqual(taken({ statuses, moves }, ["new", "unknown", "paid"]).map(({ step }) => step), [
      { from: "open", step: "ignored" },
      { from: "open", status: "paid", step: "moved" }
    ])
    const [first] = taken({ statuses: { ...statuses, new: null } }, ["new", "paid"])
    assert.deepEqual(first?.step, { status: "paid", step: "moved" })
  })

  it("allows every move without a list of moves, and moves from words that the table does not know any more", () => {
    const ways = orderStatuses.flatMap((from) => orderStatuses.map((to) => ["new", from, to] as const))
    for (const way of ways) {
      for (const { refused } of taken({ statuses }, way)) assert.deepEqual(refused, [])
    }
    assert.deepEqual(stepTo({ statuses, moves }, "gone", "paid"), { from: "gone", status: "paid", step: "moved" })
  })
})

describe("where the shop's order stands by its events", () => {
  const movedTo = (status: string): ShopStep => ({ from: "x", status, step: "moved" })

  it("is what the steps of events of before say, refused ones left out", () => {
    const events = [
      stored({ ...changed("new", "cancelled"), shop: movedTo("cancelled") } as OrderEvent),
      stored({ ...changed("cancelled", "paid"), shop: { ...movedTo("paid"), step: "refused" } } as OrderEvent)
    ]
    assert.strictEqual(statusByEvents({ statuses, moves }, events), "cancelled")
  })

  it("is what the status means where there was no table yet", () => {
    assert.strictEqual(statusByEvents({ statuses, moves }, [stored(changed("new", "paid"))]), "paid")
    assert.strictEqual(statusByEvents({ statuses, moves }, []), "open")
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
