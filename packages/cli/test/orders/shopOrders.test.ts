/**
 * `docdata shop-orders show`: what the attempts at one order of the shop come to, for people and as JSON.
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { createdOf, type CreatedOrder, description, openOrdersShop, type OrdersShop } from "../support/ordersShop.ts"

let shop: OrdersShop
beforeEach(async () => {
  shop = await openOrdersShop()
})
afterEach(() => shop.close())

/** Another order for the same number of the shop. */
const again = async (shopReference: string, merchant: string): Promise<CreatedOrder> => {
  const names = ["--merchant", merchant, "--shop-reference", shopReference, "--idempotency-key", "again"]
  const [created] = await shop.json<Parameters<typeof createdOf>[0]>(
    "orders-create",
    ["orders", "create", "-", ...names],
    JSON.stringify(description(4_990))
  )
  return createdOf(created!)
}

const paid = async (order: CreatedOrder): Promise<void> => {
  await shop.pay(order)
  await shop.run(["orders", "refresh", order.id])
}

describe("docdata shop-orders show", () => {
  it("says which order leads, what was paid twice, and lists the attempts", async () => {
    const first = await shop.create("web-1")
    const second = await again("web-1", "shop")
    await paid(second)
    await paid(first)
    const { exit, stderr, stdout } = await shop.run(["shop-orders", "show", "web-1"])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    expect(stdout.split("\n").slice(0, 4)).toEqual([
      "web-1 of shop is paid, goods: ship",
      `led by ${second.id}`,
      `paid twice: ${first.id} keeps 49.90 EUR to be refunded`,
      ""
    ])
    expect(stdout.split("\n").filter((line) => line.includes("ord_") && line.includes("49.90"))).toHaveLength(3)
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([])
    const [json] = await shop.json<object>("shop-orders-show", ["shop-orders", "show", "web-1"])
    expect(json).toMatchObject({
      status: "paid",
      leadingOrderId: second.id,
      paidTwice: [{ orderId: first.id }],
      attempts: [{ id: second.id }, { id: first.id, hold: "paid-twice" }]
    })
  })

  it("asks whose order it is where several merchants have the number", async () => {
    await shop.create("web-1")
    await again("web-1", "outlet")
    const both = await shop.run(["shop-orders", "show", "web-1"])
    expect(both).toEqual({
      exit: 4,
      stdout: "",
      stderr: "docdata shop-orders show: several merchants have an order web-1: name one with --merchant\n"
    })
    const { exit, stdout } = await shop.run(["shop-orders", "show", "web-1", "--merchant", "outlet"])
    expect([exit, stdout.split("\n")[0]]).toEqual([0, "web-1 of outlet is new, goods: wait"])
  })

  it("says that nobody gave the number", async () => {
    expect(await shop.run(["shop-orders", "show", "none"])).toEqual({
      exit: 4,
      stdout: "",
      stderr: "docdata shop-orders show: no order has the shop's number none\n"
    })
  })
})
