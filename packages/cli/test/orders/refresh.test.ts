import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openOrdersShop, type OrdersShop } from "../support/ordersShop.ts"

let shop: OrdersShop

beforeEach(async () => {
  shop = await openOrdersShop()
})
afterEach(() => shop.close())

interface RefreshLine {
  readonly id?: string
  readonly name?: string
  readonly outcome: string
  readonly before?: string
  readonly after?: string
}

const statusCalls = (): number => shop.simulator.requests().filter(({ operation }) => operation === "status").length

const statusOf = async (id: string): Promise<string | undefined> => {
  const [shown] = await shop.json<{ status: string }>("orders-show", ["orders", "show", id])
  return shown?.status
}

/** The next status call fails whatever is tried. */
const breakNext = (): void =>
  shop.simulator.planFaults([{
    operation: "status",
    times: 1,
    executed: false,
    effect: { kind: "errors", errors: [{ code: "SECURITY_ERROR", text: "Login failed." }] }
  }])

describe("docdata orders refresh", () => {
  it("stores what Docdata says, and tells what changed", async () => {
    const [paid, quiet] = [await shop.create("web-1"), await shop.create("web-2")]
    await shop.pay(paid)
    const { exit, stderr, stdout } = await shop.run(["orders", "refresh", paid.id, quiet.orderReference])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    expect(stdout).toMatch(new RegExp(`^changed  ${paid.id}  web-1 +new -> (pending|paid)  \\(`, "m"))
    expect(stdout).toMatch(new RegExp(`^unchanged  ${quiet.id}  web-2 +new  \\(no-attempt-new\\)$`, "m"))
    expect(stdout).toMatch(/^2 orders: 1 changed, 1 unchanged, 0 failed\n$/m)
    expect(await statusOf(paid.id)).not.toBe("new")
  })

  it.each<readonly [flags: ReadonlyArray<string>, references: ReadonlyArray<string>]>([
    [["--all"], ["web-1", "web-2", "web-3"]],
    [["--status", "cancelled"], ["web-2"]],
    [["--status", "new"], ["web-1", "web-3"]],
    [["--all", "--merchant", "outlet"], ["web-3"]],
    [["--status", "refunded"], []]
  ])("%j means what it says", async (flags, references) => {
    await shop.create("web-1")
    const cancelled = await shop.create("web-2")
    await shop.run(["orders", "cancel", cancelled.id, "--yes"])
    await shop.create("web-3", 100, { merchant: "outlet" })
    const before = statusCalls()
    const refreshed = await shop.json<{ shopReference: string }>("orders-refresh", ["orders", "refresh", ...flags])
    expect(refreshed.map(({ shopReference }) => shopReference).toSorted((a, b) => a.localeCompare(b))).toEqual(
      references
    )
    expect(statusCalls() - before).toBe(references.length)
  })

  it.each<readonly [flags: ReadonlyArray<string>, stderr: RegExp]>([
    [[], /say which orders: ORDER\.\.\., --all or --status S/],
    [["--all", "web-1"], /ORDER\.\.\., --all and --status exclude each other/],
    [["--status", "paid", "web-1"], /exclude each other/],
    [["--all", "--status", "paid"], /--status alone means all of that status/],
    [["--status", "payed"], /--status is new, .*; not payed/],
    [["--dry-run"], /say which orders/]
  ])("%j is refused before any call", async (flags, stderr) => {
    await shop.create("web-1")
    const ended = await shop.run(["orders", "refresh", ...flags])
    expect(ended.stderr).toMatch(stderr)
    expect({ exit: ended.exit, stdout: ended.stdout }).toEqual({ exit: 2, stdout: "" })
    expect(statusCalls()).toBe(0)
  })

  it("--dry-run asks Docdata, shows what would change, and stores nothing", async () => {
    const order = await shop.create("web-1")
    await shop.pay(order)
    const dry = ["orders", "refresh", order.id, "--dry-run"]
    const [line] = await shop.json<RefreshLine>("orders-refresh", dry)
    expect(line).toMatchObject({ outcome: "changed", before: "new" })
    expect((await shop.run(dry)).stdout).toMatch(/^would change  .*\n1 order: 1 would change, 0 unchanged, 0 failed\n$/)
    expect(statusCalls()).toBe(2)
    const [stored] = await shop.json<{ order: { revision: number }; observations: ReadonlyArray<object> }>(
      "orders-export",
      ["orders", "export", order.id]
    )
    expect(stored).toMatchObject({ order: { revision: 1, state: { status: "new" } }, observations: [], events: [{}] })
  })

  it("one that fails stops nothing, is told with the reason, and ends with 7; what is counted was done", async () => {
    for (const number of [1, 2, 3, 4, 5]) await shop.create(`web-${number}`)
    breakNext()
    const { exit, stderr, stdout } = await shop.run(["orders", "refresh", "--all"])
    expect(stdout).toBe("5 orders: 0 changed, 4 unchanged, 1 failed\n")
    expect(stderr).toMatch(/^docdata orders refresh: ord_\S+: status rejected: SECURITY_ERROR .*\n$/)
    expect(exit).toBe(7)
    expect(statusCalls()).toBe(5)
  })

  it("a name that fits no order is a failure; alone it ends with its own code", async () => {
    const order = await shop.create("web-1")
    const among = await shop.run(["orders", "refresh", "nobody", order.id])
    expect(among.stdout).toMatch(/^2 orders: 0 changed, 1 unchanged, 1 failed$/m)
    expect(among.stderr).toMatch(/^docdata orders refresh: nobody: no order has nobody as its id/)
    expect(among.exit).toBe(7)
    const alone = await shop.run(["orders", "refresh", "nobody", "--json"])
    expect(JSON.parse(alone.stdout)).toMatchObject({ name: "nobody", outcome: "failed" })
    expect(alone.exit).toBe(4)
  })

  it("shows a bar on a terminal only, and takes it away", async () => {
    for (const number of [1, 2]) await shop.create(`web-${number}`)
    const shown: Array<string> = []
    await shop.run(["orders", "refresh", "--all"], "", { progress: (text) => void shown.push(text) })
    expect(shown).toEqual([
      `[${"=".repeat(15)}${" ".repeat(15)}] 1 of 2`,
      `[${"=".repeat(30)}] 2 of 2`,
      ""
    ])
  })

  it("an interruption ends it with what was done, and 1", async () => {
    for (const number of [1, 2, 3]) await shop.create(`web-${number}`)
    shop.simulator.planFaults([{
      operation: "status",
      times: 3,
      executed: false,
      effect: { kind: "delay", delayMs: 60_000 }
    }])
    const interrupted = expect.poll(statusCalls, { timeout: 30_000 }).toBeGreaterThan(0)
    const { exit, stderr, stdout } = await shop.run(["orders", "refresh", "--all"], "", {
      interrupted: () => interrupted
    })
    expect(stdout).toBe("0 orders: 0 changed, 0 unchanged, 0 failed\n")
    expect(stderr).toMatch(/interrupted; the others were not asked about/)
    expect(exit).toBe(1)
  })
})

describe("docdata orders expire", () => {
  /** With days so short that every order is overdue a day later. */
  const later = (): OrdersShop["environment"] => ({ ...shop.environment, DOCDATA_SHOP_EXPIRE_AFTER_DAYS: "1" })

  it("expires what nobody pays, and keeps what was paid at the last moment", async () => {
    const [left, paid] = [await shop.create("web-1"), await shop.create("web-2")]
    const paymentId = await shop.pay(paid)
    await shop.simulator.act({ do: "capture", paymentId, number: 1, status: "CAPTURED" })
    const lines = await shop.json<RefreshLine>("orders-expire", ["orders", "expire", left.id, paid.id])
    expect(Object.fromEntries(lines.map(({ after, id }) => [id, after]))).toEqual({
      [left.id]: "expired",
      [paid.id]: "paid"
    })
    const events = await shop.json<{ events: ReadonlyArray<{ payload: { type: string; to?: string } }> }>(
      "orders-export",
      ["orders", "export", left.id]
    )
    expect(events[0]?.events.map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({ type: "order.status_changed", from: "new", to: "expired" })
    )
  })

  it("--overdue looks at none that still has time; --dry-run asks and stores nothing", async () => {
    const order = await shop.create("web-1")
    expect((await shop.run(["orders", "expire", "--overdue"])).stdout).toBe(
      "0 orders: 0 changed, 0 unchanged, 0 failed\n"
    )
    expect(statusCalls()).toBe(0)
    const dry = await shop.run(["orders", "expire", order.id, "--dry-run"], "", { environment: later() })
    expect(dry.stdout).toMatch(/^would change .* new -> expired/)
    expect(statusCalls()).toBe(1)
    expect(await statusOf(order.id)).toBe("new")
  })

  it("--overdue asks about what is older than its own account allows, and counts what it asked about", async () => {
    const day = 86_400_000
    const old = await shop.create("web-1")
    await shop.store([
      { shopReference: "web-2", createdAtMs: Date.now() - 22 * day },
      { shopReference: "web-3", createdAtMs: Date.now() - 20 * day },
      { shopReference: "web-4", createdAtMs: Date.now() - 22 * day, status: "paid" },
      { shopReference: "web-5", createdAtMs: Date.now() - 22 * day, isConfirmed: false },
      { shopReference: "web-6", createdAtMs: Date.now() - 9 * day, merchant: "outlet", status: "pending" }
    ])
    const environment = { ...shop.environment, DOCDATA_OUTLET_EXPIRE_AFTER_DAYS: "7" }
    const { exit, stderr, stdout } = await shop.run(["orders", "expire", "--overdue"], "", { environment })
    // Docdata knows none of their keys.
    expect(stderr.match(/ord_web-\d/g)?.toSorted()).toEqual(["ord_web-2", "ord_web-6"])
    expect(stdout).toBe("3 orders: 0 changed, 0 unchanged, 2 failed, 1 not known to Docdata\n")
    expect(exit).toBe(7)
    expect(await statusOf(old.id)).toBe("new")
  })

  it("a provider that fails for one order does not stop the others", async () => {
    const orders = [await shop.create("web-1"), await shop.create("web-2"), await shop.create("web-3")]
    breakNext()
    const { exit, stdout } = await shop.run(["orders", "expire", ...orders.map(({ id }) => id)])
    expect(stdout).toMatch(/^3 orders: 2 changed, 0 unchanged, 1 failed$/m)
    expect(exit).toBe(7)
  })

  it.each([[[]], [["--overdue", "web-1"]], [["--dry-run"]]])("%j is refused before any call", async (flags) => {
    const ended = await shop.run(["orders", "expire", ...flags])
    expect(ended.stderr).toMatch(/say which orders: either ORDER\.\.\. or --overdue/)
    expect(ended.exit).toBe(2)
  })
})

describe("docdata orders export and erase", () => {
  it("hands out everything that is stored, and takes the texts away", async () => {
    const order = await shop.create("web-1")
    await shop.pay(order)
    await shop.run(["orders", "refresh", order.id])
    type Exported = { readonly observations: ReadonlyArray<{ exchange?: { requestText: string }; decision: object }> }
    const exported = async (): Promise<Exported | undefined> =>
      (await shop.json<Exported>("orders-export", ["orders", "export", order.id]))[0]
    const before = await exported()
    expect(before?.observations[0]?.exchange?.requestText).toContain("statusRequest")
    expect(before?.observations[0]?.exchange?.requestText).not.toContain("demo-password")
    const { exit, stdout } = await shop.run(["orders", "erase", order.id, "--yes"])
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: `erased the personal data of order ${order.id} (web-1)\n` })
    const after = await exported()
    expect(after?.observations[0]?.exchange?.requestText).toBe("")
    expect(after?.observations[0]?.decision).toEqual(before?.observations[0]?.decision)
  })
})
