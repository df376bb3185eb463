/**
 * Going on with payments that were started without the menu, by the shop and by shoppers who come back.
 */
import { FakeProvider } from "@docdata/testkit"
import { assert, describe } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import {
  type GatewayFailureReason,
  OrderStore,
  proceedOnReturn,
  proceedPayment,
  startPayment
} from "../../src/index.ts"
import {
  callCount,
  eventTypesOf,
  named,
  orderOf,
  second,
  startMs,
  statusOf,
  Taps,
  test,
  timeout,
  Untapped
} from "../support/shop.ts"

const ideal = { payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } } } as const
const result = { _tag: "Ideal" } as const
const back = { callback: "started", resultFor: () => result }
const readOf = (order: { readonly id: string }) => OrderStore.use((store) => store.read(named(order)))

describe("proceeding with a payment", () => {
  test(
    "refreshes the order afterwards, because the answer is no payment",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      const started = yield* startPayment(named(order), {
        payment: { _tag: "WithInput", input: { _tag: "PayPal", mobileShopper: false } }
      })
      assert.strictEqual(started.payment._tag, "Accepted")
      const paymentId = started.payment._tag === "Accepted" ? started.payment.paymentId : ""
      const { order: seen, response } = yield* proceedPayment(named(order), {
        paymentId,
        result: { _tag: "PayPal", token: Redacted.make("T"), shopperCancelled: false }
      })
      assert.strictEqual(response._tag, "Accepted")
      assert.strictEqual(seen.state.status, "paid")
    })
  )

  test(
    "fails with Docdata's refusal, and the order is refreshed soon all the same",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      const failure = yield* Effect.flip(
        proceedPayment(named(order), { paymentId: "4200000099", result: { _tag: "Ideal" } })
      )
      assert.strictEqual(failure._tag, "GatewayFailure")
      assert.strictEqual((yield* readOf(order)).order.nextRefreshAtMs, startMs + 15 * second)
    })
  )
})

const started = Effect.fnUntraced(function*(number: string) {
  const order = yield* orderOf(number)
  const { payment } = yield* startPayment(named(order), ideal)
  return { order, input: { paymentId: payment._tag === "Accepted" ? payment.paymentId : "", result } }
})

describe("proceeding again", () => {
  test(
    "answers with the payment as it is now, whoever was first and how many ask at once, and Docdata is asked once",
    Effect.gen(function*() {
      const { input, order } = yield* started("web-1")
      const first = yield* proceedPayment(named(order), input)
      const { response } = yield* proceedPayment(named(order), input)
      assert.deepEqual(response, first.response)
      const other = yield* started("web-2")
      yield* Effect.all([1, 2, 3].map(() => proceedPayment(named(other.order), other.input)), {
        concurrency: "unbounded"
      })
      assert.strictEqual(yield* callCount("proceed"), 2)
    })
  )

  test(
    "asks nothing after a call without answer, and says nothing that no refresh has seen",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const { input, order } = yield* started("web-1")
      yield* plan({ operation: "proceed", executed: true, reason: timeout })
      yield* Effect.flip(proceedPayment(named(order), input))
      const { response } = yield* proceedPayment(named(order), input)
      const status = "REDIRECTED_FOR_AUTHORIZATION"
      assert.deepEqual(response, { _tag: "Accepted", paymentId: input.paymentId, status })
      const unseen = { ...input, paymentId: "4200000099" }
      yield* plan({ operation: "proceed", executed: true, reason: timeout })
      yield* Effect.flip(proceedPayment(named(order), unseen))
      assert.deepEqual((yield* proceedPayment(named(order), unseen)).response, { _tag: "Silent" })
      assert.strictEqual(yield* callCount("proceed"), 2)
    })
  )

  const harmless: ReadonlyArray<
    readonly [string, Exclude<GatewayFailureReason, { readonly _tag: "RefusedBeforeSending" }>]
  > = [
    ["was not sent", { _tag: "TransportFailure", obstacle: "circuit-open", sent: "not-sent", retryable: true }],
    ["was refused at once", {
      _tag: "Rejected",
      kind: "credentials",
      errors: [{ code: "SECURITY_ERROR", message: "no" }]
    }]
  ]
  for (const [what, reason] of harmless) {
    test(
      `asks Docdata if the first call ${what}, for the shop and for a shopper who reloads`,
      Effect.gen(function*() {
        const { plan } = yield* FakeProvider
        const { input, order } = yield* started("web-1")
        yield* plan({ operation: "proceed", executed: false, reason })
        yield* Effect.flip(proceedPayment(named(order), input))
        yield* plan({ operation: "proceed", executed: false, reason })
        yield* proceedOnReturn(named(order), back)
        assert.strictEqual((yield* proceedPayment(named(order), input)).response._tag, "Accepted")
        assert.strictEqual(yield* proceedOnReturn(named(order), back), undefined)
        const events = (yield* eventTypesOf(order)).filter((type) => type.endsWith("proceeded"))
        assert.deepEqual(events, [
          "payment.proceeded",
          "payment.not_proceeded",
          "payment.proceeded",
          "payment.not_proceeded",
          "payment.proceeded"
        ])
      })
    )
  }
})

describe("a shopper who is back from a bank", () => {
  test(
    "has every callback parameter submitted as it was brought",
    Effect.gen(function*() {
      const taps = yield* Taps
      const { gateway } = yield* Untapped
      const order = yield* orderOf("web-1")
      yield* startPayment(named(order), {
        payment: { _tag: "WithInput", input: { _tag: "PayPal", mobileShopper: false } }
      })
      const brought = { _tag: "PayPal", token: Redacted.make("T"), payerId: "P1", shopperCancelled: false } as const
      const submitted: Array<unknown> = []
      taps.gateway = {
        proceed: (merchant, input) => {
          submitted.push(input)
          return gateway.proceed(merchant, input)
        }
      }
      yield* proceedOnReturn(named(order), { callback: "started", resultFor: () => brought })
      assert.deepEqual(submitted, [{ orderKey: order.state.key, paymentId: "4200000001", result: brought }])
    })
  )

  test(
    "submits what was brought, once per payment, whoever reloads",
    Effect.gen(function*() {
      const { input: { paymentId }, order } = yield* started("web-1")
      yield* Effect.all([1, 2, 3].map(() => proceedOnReturn(named(order), back)), { concurrency: "unbounded" })
      assert.strictEqual(yield* proceedOnReturn(named(order), back), undefined)
      assert.strictEqual(yield* callCount("proceed"), 1)
      const events = (yield* OrderStore.use((store) => store.events(order.id))).map((event) => event.payload)
      assert.deepEqual(events.filter(({ type }) => type === "payment.proceeded" || type === "return.visited"), [
        { type: "return.visited", callback: "started" },
        { type: "payment.proceeded", paymentId }
      ])
    })
  )

  test(
    "is not asked about again after a call without answer; a refresh says what became of it",
    Effect.gen(function*() {
      const { plan } = yield* FakeProvider
      const { order } = yield* started("web-1")
      yield* plan({ operation: "proceed", executed: true, reason: timeout })
      const refreshed = yield* proceedOnReturn(named(order), back)
      assert.strictEqual(refreshed?.order.revision, (yield* readOf(order)).order.revision)
      assert.strictEqual(yield* proceedOnReturn(named(order), back), undefined)
      assert.strictEqual(yield* callCount("proceed"), 1)
    })
  )

  test(
    "brings nothing where no payment waits for it",
    Effect.gen(function*() {
      const { act } = yield* FakeProvider
      const [fresh, paid] = [yield* orderOf("web-1"), yield* orderOf("web-2")]
      yield* act({ do: "pay", orderKey: paid.state.key })
      assert.strictEqual(yield* proceedOnReturn(named(fresh), back), undefined)
      assert.strictEqual(yield* proceedOnReturn(named(paid), back), undefined)
      assert.strictEqual(yield* statusOf(paid), "paid")
      const { order } = yield* started("web-3")
      assert.strictEqual(yield* proceedOnReturn(named(order), { ...back, resultFor: () => undefined }), undefined)
      assert.strictEqual(yield* callCount("proceed"), 0)
    })
  )

  test(
    "of several tries the newest goes on",
    Effect.gen(function*() {
      const { order } = yield* started("web-1")
      yield* startPayment(named(order), ideal)
      const tried: Array<string> = []
      yield* proceedOnReturn(named(order), {
        ...back,
        resultFor: ({ paymentId }) => {
          tried.push(paymentId)
          return { _tag: "Ideal" }
        }
      })
      const { payments } = yield* readOf(order)
      assert.deepEqual(tried, [payments.at(-1)?.paymentId])
    })
  )

  test(
    "submits what one brought among others who come at once and bring nothing",
    Effect.gen(function*() {
      const order = yield* orderOf("web-1")
      yield* startPayment(named(order), {
        payment: { _tag: "WithInput", input: { _tag: "PayPal", mobileShopper: false } }
      })
      const nothing = { callback: "started", resultFor: () => undefined }
      const payPal = { _tag: "PayPal", token: Redacted.make("T"), shopperCancelled: false } as const
      const bringer = { callback: "started", resultFor: () => payPal }
      const outcomes = yield* Effect.all(
        [nothing, nothing, bringer, nothing].map((shopper) => proceedOnReturn(named(order), shopper)),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(yield* callCount("proceed"), 1)
      assert.strictEqual(outcomes[2]?.order.state.status, "paid")
    })
  )
})
