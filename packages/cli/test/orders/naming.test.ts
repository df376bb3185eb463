/**
 * What names an order on the command line: the shop's own number too, where it is clear whose.
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type CreatedOrder, description, openOrdersShop, type OrdersShop } from "../support/ordersShop.ts"

let shop: OrdersShop
let first: CreatedOrder

beforeEach(async () => {
  shop = await openOrdersShop()
  first = await shop.create("web-1")
})
afterEach(() => shop.close())

/** Another order for a number of the shop. */
const again = async (shopReference: string): Promise<CreatedOrder> => {
  const args = ["orders", "create", "-", "--merchant", "shop", "--shop-reference", shopReference]
  const key = ["--idempotency-key", `again ${shopReference}`]
  const [created] = await shop.json<CreatedOrder>(
    "orders-create",
    [...args, ...key],
    JSON.stringify(description(4_990))
  )
  return created!
}

const cancelled = (): number => shop.simulator.requests().filter(({ operation }) => operation === "cancel").length

describe("the shop's own number", () => {
  it("names the one order for it, to read and to change", async () => {
    const shown = await shop.run(["orders", "show", "web-1"])
    expect(shown.stdout).toContain(first.id)
    expect({ exit: shown.exit, stderr: shown.stderr }).toEqual({ exit: 0, stderr: "" })
    const { exit } = await shop.run(["orders", "cancel", "web-1", "--yes"])
    expect([exit, cancelled()]).toEqual([0, 1])
  })

  it("of several orders names the newest to read, and says so", async () => {
    const second = await again("web-1")
    const { exit, stderr, stdout } = await shop.run(["orders", "show", "web-1"])
    expect(stdout).toContain(second.id)
    expect(stderr).toBe(
      `docdata orders show: web-1 names 2 orders; this is the newest, ${second.id}. Before it: ${first.id} (new)\n`
    )
    expect(exit).toBe(0)
    await shop.run(["orders", "refresh", second.id])
    expect((await shop.run(["orders", "explain", "web-1"])).stderr).toContain(`this is the newest, ${second.id}`)
  })

  it.each([
    ["cancel", "--yes"],
    ["capture", "--reference", "c-1", "--yes"],
    ["refund", "--reference", "r-1", "--yes"],
    ["charge", "--series", "s", "--period", "p", "--yes"],
    ["erase", "--yes"],
    ["refresh"],
    ["export"]
  ])("of several orders is refused by %s, which names them", async (verb, ...flags) => {
    const second = await again("web-1")
    const { exit, stderr, stdout } = await shop.run(["orders", verb, "web-1", ...flags])
    expect(stderr).toContain(`web-1 names several orders: ${second.id} (new), ${first.id} (new); say which by its id`)
    expect({ exit, stdout, cancelled: cancelled() }).toEqual({
      exit: 4,
      stdout: verb === "refresh" ? expect.any(String) : "",
      cancelled: 0
    })
  })

  it("that is also the reference of another order is refused where something changes", async () => {
    const other = await again(first.orderReference)
    const { exit, stderr } = await shop.run(["orders", "cancel", first.orderReference, "--yes"])
    expect(stderr).toContain(`names several orders: ${other.id} (new), ${first.id} (new)`)
    expect([exit, cancelled()]).toEqual([4, 0])
    const shown = await shop.run(["orders", "show", first.orderReference])
    expect(shown.stdout).toContain(first.id)
    expect(shown.stderr).toContain(`also the shop's number of ${other.id}`)
  })

  it("of two accounts wants --merchant", async () => {
    const outlet = await shop.create("web-1", 100, { merchant: "outlet" })
    for (const verb of ["show", "export"]) {
      const { exit, stderr } = await shop.run(["orders", verb, "web-1"])
      expect(stderr).toMatch(/several merchants have an order web-1: name one with --merchant/)
      expect(exit).toBe(4)
    }
    const { stdout } = await shop.run(["orders", "show", "web-1", "--merchant", "outlet"])
    expect(stdout).toContain(outlet.id)
  })
})
