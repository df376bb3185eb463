/**
 * An order as an attempt at the shop's order: what it keeps, which attempts count, and what waiting beside another one does.
 */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fulfilments, type Order, orderStatuses } from "../../src/index.ts"
import {
  type Attempt,
  attemptOf,
  decideShopOrder,
  isCovered,
  waitBeside,
  withAttempt,
  withoutPaidTwice
} from "../../src/shopOrder/decideShopOrder.ts"
import { law } from "../properties/law.ts"

const order: Order = {
  key: "KEY",
  status: "paid",
  fulfilment: "ship",
  createdAtMs: 1,
  currency: "EUR",
  totals: {
    registered: 1000,
    shopperPending: 0,
    acquirerPending: 0,
    acquirerApproved: 1000,
    captured: 1000,
    refunded: 200,
    chargedBack: 50,
    reversed: 0
  }
}

describe("an order as an attempt", () => {
  it("keeps what was captured and did not go back", () => {
    expect(attemptOf({ id: "o", state: order }, 5)).toEqual({
      id: "o",
      createdAtMs: 1,
      status: "paid",
      fulfilment: "ship",
      coveredAtMs: 5,
      keptMinor: 750,
      currency: "EUR"
    })
  })

  it("is not covered since any time unless it is covered", () => {
    const open = attemptOf({ id: "o", state: { ...order, status: "pending", fulfilment: "wait" } }, 5)
    expect("coveredAtMs" in open).toBe(false)
  })

  it("waits beside the one that was paid first, and is as before without the hold", () => {
    expect(waitBeside(order)).toEqual({ ...order, fulfilment: "wait", hold: "paid-twice" })
    expect(waitBeside({ ...order, fulfilment: "stop" })).toMatchObject({ fulfilment: "stop", hold: "paid-twice" })
    expect(waitBeside({ ...order, hold: "cancel-not-confirmed" }).hold).toBe("cancel-not-confirmed")
    expect(withoutPaidTwice(waitBeside(order))).toEqual({ ...order, fulfilment: "wait" })
    expect(withoutPaidTwice({ ...order, hold: "paid-after-close" }).hold).toBe("paid-after-close")
  })
})

const anyAttempt = fc.record({
  id: fc.nat(12).map(String),
  createdAtMs: fc.nat(10),
  status: fc.constantFrom(...orderStatuses),
  fulfilment: fc.constantFrom(...fulfilments),
  keptMinor: fc.nat(100),
  currency: fc.constant("EUR")
}).map((one): Attempt => (isCovered(one) ? { ...one, coveredAtMs: one.createdAtMs } : one))

const anyAttempts = fc.uniqueArray(anyAttempt, { maxLength: 8, selector: ({ id }) => id })

describe("laws of the attempts that are kept", () => {
  law("what is left out decides nothing", fc.tuple(anyAttempts, anyAttempt), ([attempts, attempt]) => {
    const all = [...attempts.filter(({ id }) => id !== attempt.id), attempt]
    expect(decideShopOrder(withAttempt(attempts, attempt))).toEqual(decideShopOrder(all))
  })

  law("an attempt is there once", fc.tuple(anyAttempts, anyAttempt), ([attempts, attempt]) => {
    const ids = withAttempt(withAttempt(attempts, attempt), attempt).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  law(
    "a shopper who begins often leaves one dead attempt at most",
    fc.array(fc.nat(50), { maxLength: 30 }),
    (times) => {
      let attempts: ReadonlyArray<Attempt> = []
      for (const [index, createdAtMs] of times.entries()) {
        const dead = attemptOf({
          id: `o${index}`,
          state: { ...order, status: "expired", fulfilment: "stop", createdAtMs }
        })
        attempts = withAttempt(attempts, { ...dead, keptMinor: 0 })
      }
      expect(attempts.length).toBeLessThanOrEqual(1)
    }
  )
})
