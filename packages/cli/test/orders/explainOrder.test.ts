import { afterEach, beforeEach, expect, it } from "vitest"
import { openOrdersShop, type OrdersShop } from "../support/ordersShop.ts"

let shop: OrdersShop

beforeEach(async () => {
  shop = await openOrdersShop()
})
afterEach(() => shop.close())

it("says why, and what happened, oldest first", async () => {
  const order = await shop.create("web-1")
  await shop.run(["orders", "refresh", order.id])
  await shop.pay(order)
  await shop.run(["orders", "refresh", order.id])
  const { exit, stderr, stdout } = await shop.run(["orders", "explain", order.orderReference])
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
  expect(stdout).toMatch(/^The order is paid\. /)
  expect(stdout).toMatch(/^ {2}rule +paid-in-full \(strict rules, paid when captured\)$/m)
  const timeline = stdout.slice(stdout.indexOf("\nTimeline\n"))
  expect(timeline).toMatch(
    /the payment provider knows the order[^]*looked \(operator\): new[^]*looked \(operator\): paid[^]*new became paid/
  )
  interface Explained {
    readonly decision: { readonly rule: string }
    readonly timeline: ReadonlyArray<{ readonly at: string }>
  }
  const [explained] = await shop.json<Explained>("orders-explain", ["orders", "explain", order.id])
  expect(explained?.decision.rule).toBe("paid-in-full")
  const instants = explained?.timeline.map(({ at }) => at) ?? []
  expect(instants).toEqual(instants.toSorted((a, b) => Date.parse(a) - Date.parse(b)))
})

it("of an order that nobody refreshed says how to look", async () => {
  const order = await shop.create("web-1")
  const { exit, stderr, stdout } = await shop.run(["orders", "explain", order.id])
  expect(stderr).toMatch(/nobody refreshed the order yet: docdata orders refresh does/)
  expect({ exit, stdout }).toEqual({ exit: 4, stdout: "" })
})
