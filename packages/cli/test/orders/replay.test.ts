import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openOrdersShop, type OrdersShop } from "../support/ordersShop.ts"

let shop: OrdersShop

beforeEach(async () => {
  shop = await openOrdersShop()
})
afterEach(() => shop.close())

/** A card that is approved and not captured yet, and an order that nobody refreshed. */
const approvedCard = async () => {
  const order = await shop.create("web-1")
  await shop.create("web-2")
  await shop.run(["orders", "refresh", order.id])
  await shop.pay(order, "VISA")
  await shop.run(["orders", "refresh", order.id])
  return order
}

describe("docdata replay", () => {
  it("shows which orders another policy would decide otherwise, and stores nothing", async () => {
    const order = await approvedCard()
    const before = (await shop.run(["orders", "export", order.id])).stdout
    const { exit, stderr, stdout } = await shop.run(["replay", "--paid-when", "approved"])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    expect(stdout).toBe([
      `${order.id}  web-1         pending (money-may-be-held) -> paid (paid-in-full)`,
      "1 order replayed: 1 would have another status, 0 the same by another rule; 1 never refreshed",
      "  pending -> paid: 1",
      ""
    ].join("\n"))
    expect((await shop.run(["orders", "export", order.id])).stdout).toBe(before)
    const lines = await shop.json<object>("replay", ["replay", "--paid-when", "approved"])
    expect(lines).toMatchObject([{
      orderId: order.id,
      before: { status: "pending", rule: "money-may-be-held" },
      after: { status: "paid", rule: "paid-in-full" }
    }])
  })

  it("without flags it decides as the settings say: nothing differs until they do", async () => {
    await approvedCard()
    const same = await shop.run(["replay"])
    expect(same.stdout).toMatch(/^1 order replayed: 0 would have another status, 0 the same by another rule; 1 never/)
    const environment = { ...shop.environment, DOCDATA_SHOP_PAID_WHEN: "approved" }
    expect((await shop.run(["replay"], "", { environment })).stdout).toMatch(/pending -> paid: 1/)
  })

  it("tells a status that another rule leads to from one that differs", async () => {
    await approvedCard()
    const lines = await shop.json<object>("replay", ["replay", "--rules", "legacy-2016"])
    expect(lines).toMatchObject([{ before: { status: "pending" }, after: { status: "pending" } }])
    const contradiction = await shop.run(["replay", "--rules", "legacy-2016", "--paid-when", "approved"])
    expect(contradiction.stderr).toMatch(/--paid-when means nothing to legacy-2016/)
    expect(contradiction.exit).toBe(2)
  })
})

describe("docdata trigger", () => {
  const control = (): ReadonlyArray<string> => ["--url", shop.simulator.controlUrl]

  it("lists the scenarios without an argument", async () => {
    const { stdout } = await shop.run(["trigger"])
    expect(stdout.split("\n").length).toBeGreaterThan(40)
    const lines = await shop.json<{ name: string }>("trigger", ["trigger"])
    for (const { name } of lines) expect(stdout).toMatch(new RegExp(`^${name} `, "m"))
  })

  it("plays one, the same for the same seed, also on an order of the shop", async () => {
    const lines = await shop.json<{ name: string; expected: string }>("trigger", ["trigger"])
    const scenario = lines.find(({ expected, name }) => expected === "paid" && name.includes("ideal"))?.name ?? ""
    const [own] = await shop.json<object>("trigger", ["trigger", scenario, "--seed", "7", ...control()])
    expect(own).toMatchObject({ kind: "played", expected: "paid", seed: 7 })
    const order = await shop.create("web-1")
    const played = await shop.run(["trigger", scenario, "--order", order.key, ...control()])
    expect({ exit: played.exit, stderr: played.stderr }).toEqual({ exit: 0, stderr: "" })
    expect(played.stdout).toMatch(new RegExp(`^order key +${order.key}$`, "m"))
    expect((await shop.run(["orders", "refresh", order.id])).stdout).toMatch(/new -> paid/)
  })

  it.each<readonly [args: ReadonlyArray<string>, exit: number, stderr: RegExp]>([
    [
      ["expired-unopene"],
      2,
      /there is no scenario expired-unopene, did you mean expired-unopened\?; see docdata trigger --help/
    ],
    [["expired-unopened", "--seed", "x"], 2, /--seed is a whole number/],
    [["expired-unopened", "--url", "nowhere"], 2, /--url is an http address/]
  ])("%j is refused", async (args, exit, stderr) => {
    const ended = await shop.run(["trigger", ...args])
    expect(ended.stderr).toMatch(stderr)
    expect(ended.exit).toBe(exit)
  })

  it("an order that the simulator does not know ends with 4, a simulator that is not there with 5", async () => {
    const [{ name } = { name: "" }] = await shop.json<{ name: string }>("trigger", ["trigger"])
    const unknown = await shop.run(["trigger", name, "--order", "A".repeat(32), ...control()])
    expect(unknown.exit).toBe(4)
    const url = shop.simulator.controlUrl
    await shop.simulator.close()
    const away = await shop.run(["trigger", name, "--url", url])
    expect(away.stderr).toMatch(/no simulator answers at http:.*: docdata simulate starts one/)
    expect(away.exit).toBe(5)
  })
})

describe("docdata orders watch", () => {
  it("tells what happens as it happens, and ends when the order is final", async () => {
    const order = await shop.create("web-1")
    let received = ""
    let watching = true
    const watched = shop.run(["orders", "watch", order.id], "", {
      write: (text) => {
        received += text
        return Promise.resolve()
      }
    }).finally(() => {
      watching = false
    })
    await expect.poll(() => received, { timeout: 30_000 }).toMatch(/the payment provider knows the order\n/)
    expect(watching).toBe(true)
    await shop.pay(order)
    await shop.run(["orders", "refresh", order.id])
    expect((await watched).exit).toBe(0)
    expect(received).toMatch(
      /^\S+Z {2}the payment provider knows the order\n[^]*Z {2}new became paid, by the rule paid-in-full\n/
    )
    expect(received.match(/Z {2}new became paid/g)).toHaveLength(1)
  })

  it("ends with Ctrl-C, and goes on when Docdata cannot be asked", async () => {
    const order = await shop.create("web-1")
    await shop.simulator.close()
    let complaints = ""
    const until = expect.poll(() => complaints, { timeout: 30_000 }).toMatch(/provider-unavailable/)
    const ended = await shop.run(["orders", "watch", order.id, "--json"], "", {
      complain: (line) => {
        complaints += `${line}\n`
      },
      interrupted: () => until
    })
    expect(ended.exit).toBe(0)
    expect(JSON.parse(ended.stdout)).toMatchObject({ kind: "event", text: "the payment provider knows the order" })
  })
})
