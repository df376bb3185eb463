import { FakeProvider } from "@docdata/memory"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Inbox, inboxConcurrency, receiveNotification, workInbox } from "../../src/index.ts"
import { account, callCount, finish, orderOf, second, statusOf, Taps, test, Untapped } from "../support/shop.ts"

const orderCount = 3 * inboxConcurrency

const accounts = [
  account({ name: "shop" }),
  account({
    name: "stuck",
    credentials: { environment: "test", merchantName: "stuck_shop", password: Redacted.make("secret-2") }
  })
]

const notify = ({ merchant, orderReference }: { readonly merchant: string; readonly orderReference: string }) =>
  receiveNotification({ merchant, orderReference })

/** Orders of the merchant whose account hangs, all of them notified. */
const stuckOrders = Effect.forEach(
  Array.from({ length: orderCount }, (_, number) => number),
  (number) => Effect.tap(orderOf(`stuck-${number}`, { merchant: "stuck" }), notify)
)

describe("a merchant whose account hangs, with more notifications than there are capacity,", () => {
  test(
    "does not make another merchant's notification wait",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      taps.gateway = {
        status: (merchant, input) =>
          merchant.merchantName === "stuck_shop" ? Effect.never : gateway.status(merchant, input)
      }
      yield* stuckOrders
      // As many rounds as it takes until nothing more is begun.
      while ((yield* finish(yield* Effect.forkChild(workInbox()))) > 0);
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* notify(order)
      assert.strictEqual(yield* finish(yield* Effect.forkChild(workInbox())), 1)
      assert.strictEqual(yield* statusOf(order), "paid")
    }),
    { accounts }
  )

  test(
    "has no more than its capacity under way",
    Effect.gen(function*() {
      const taps = yield* Taps
      let underWay = 0
      taps.gateway = {
        status: () =>
          Effect.suspend(() => {
            underWay++
            return Effect.never
          })
      }
      yield* stuckOrders
      while ((yield* finish(yield* Effect.forkChild(workInbox()))) > 0);
      assert.strictEqual(underWay, inboxConcurrency)
      assert.strictEqual(yield* Inbox.use((inbox) => inbox.backlog()), orderCount)
    }),
    { accounts }
  )
})

describe("a merchant with many notifications", () => {
  test(
    "does not make another merchant's wait until they are through",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      yield* stuckOrders
      const order = yield* orderOf("web-1")
      yield* act({ do: "pay", orderKey: order.state.key })
      yield* notify(order)
      const refreshesBefore = yield* callCount("status")
      yield* finish(yield* Effect.forkChild(workInbox()), second)
      assert.strictEqual(yield* statusOf(order), "paid")
      assert.strictEqual((yield* callCount("status")) - refreshesBefore, 1 + inboxConcurrency)
    }),
    { accounts }
  )
})
