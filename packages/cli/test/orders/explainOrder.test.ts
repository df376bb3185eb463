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
  expect(stdout).toMatch(/^status +paid$/m)
  expect(stdout).toMatch(/^rule +paid-in-full$/m)
  expect(stdout).toMatch(/^policy +strict rules, paid when \w+$/m)
  expect(stdout).toMatch(/^What would change the answer$/m)
  const timeline = stdout.slice(stdout.indexOf("\nTimeline\n"))
  expect(timeline).toMatch(
    /the payment provider knows the order[^]*refreshed \(operator\): new[^]*refreshed \(operator\): paid[^]*new became paid/
  )
  const [explained] = await shop.json<object>("orders-explain", ["orders", "explain", order.id])
  expect(explained).toMatchObject({ rule: "paid-in-full", status: "paid", observedBy: "operator" })
  const watched = await shop.json<{ readonly at: string }>("orders-watch", ["orders", "watch", order.id])
  const instants = watched.map(({ at }) => at)
  expect(instants).toEqual(instants.toSorted((a, b) => Date.parse(a) - Date.parse(b)))
})

it("of an order that nobody refreshed says how to look", async () => {
  const order = await shop.create("web-1")
  const { exit, stderr, stdout } = await shop.run(["orders", "explain", order.id])
  expect(stderr).toMatch(/nobody refreshed the order yet: docdata orders refresh does/)
  expect({ exit, stdout }).toEqual({ exit: 4, stdout: "" })
})
