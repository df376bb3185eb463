/**
 * Notifications that were given up: seen, and tried again.
 */
import { Inbox } from "@docdata/application"
import * as Effect from "effect/Effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openOrdersShop, type OrdersShop } from "./support/ordersShop.ts"

let shop: OrdersShop
beforeEach(async () => {
  shop = await openOrdersShop()
})
afterEach(() => shop.close())

const deadLetteredAtMs = Date.UTC(2026, 0, 31, 9, 30)

/** A notification that nothing came of. */
const deadLetter = (id: string, merchant = "shop"): Promise<void> =>
  shop.inStores(Effect.gen(function*() {
    const inbox = yield* Inbox
    yield* inbox.receive({ id, merchant, orderReference: `of ${id}`, receivedAtMs: deadLetteredAtMs - 60_000 })
    const request = {
      merchant,
      nowMs: deadLetteredAtMs,
      leaseUntilMs: deadLetteredAtMs + 1,
      limit: 1,
      claim: `clm_${id}`
    }
    expect(yield* inbox.claim(request)).toHaveLength(1)
    yield* inbox.deadLetter({ id, claim: `clm_${id}` }, { reason: "NotConfirmed", atMs: deadLetteredAtMs })
  }))

const left = () =>
  shop.inStores(Effect.gen(function*() {
    const inbox = yield* Inbox
    return { waiting: yield* inbox.backlog(), deadLettered: (yield* inbox.deadLettered(10)).map(({ id }) => id) }
  }))

describe("docdata notifications list", () => {
  it("says none where none are dead-lettered", async () => {
    expect(await shop.run(["notifications", "list"])).toEqual({ exit: 0, stdout: "none\n", stderr: "" })
  })

  it("says whose each is, why it was given up and when", async () => {
    await deadLetter("ntf_a")
    await deadLetter("ntf_b", "outlet")
    const { exit, stdout } = await shop.run(["notifications", "list"], "", { nowMs: () => deadLetteredAtMs + 120_000 })
    expect(stdout).toMatch(
      /^ntf_b {2}outlet, of ntf_b\n {7}NotConfirmed; dead-lettered 2026-01-31T09:30:00Z, 2 min ago\n/
    )
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([])
    expect(exit).toBe(0)
    const [only, ...more] = await shop.json<object>("notifications-list", [
      "notifications",
      "list",
      "--merchant",
      "shop"
    ])
    expect(more).toEqual([])
    expect(only).toEqual({
      id: "ntf_a",
      merchant: "shop",
      orderReference: "of ntf_a",
      reason: "NotConfirmed",
      deadLettered: "2026-01-31T09:30:00Z",
      firstReceived: "2026-01-31T09:29:00Z",
      lastReceived: "2026-01-31T09:29:00Z",
      notificationCount: 1,
      attempts: 1
    })
  })
})

describe("docdata notifications retry", () => {
  it("lets those that are named wait again, and no others", async () => {
    for (const id of ["ntf_a", "ntf_b", "ntf_c"]) await deadLetter(id)
    const { exit, stderr, stdout } = await shop.run(["notifications", "retry", "ntf_a", "ntf_c"])
    expect(stdout).toBe("ntf_a waits\nntf_c waits\n")
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" })
    expect(await left()).toEqual({ waiting: 2, deadLettered: ["ntf_b"] })
  })

  it("of one that is not dead-lettered ends with 4, of some with 7, and the others are done", async () => {
    await deadLetter("ntf_a")
    const one = await shop.run(["notifications", "retry", "nobody"])
    expect(one.stderr).toMatch(/no notification nobody is dead-lettered/)
    const some = await shop.run(["notifications", "retry", "nobody", "ntf_a"])
    expect([one.exit, some.exit]).toEqual([4, 7])
    expect(await left()).toEqual({ waiting: 1, deadLettered: [] })
  })
})
