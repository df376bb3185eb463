/** Asking to give captured money back. */
import { PaymentGateway, type RefundInput } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { account, eur, merchant, ordered, reported, totalMinor } from "../gatewaySample.ts"
import { rejected } from "../outcomes.ts"
import { ProviderWorld } from "../ProviderWorld.ts"

const paid = Effect.gen(function*() {
  const world = yield* ProviderWorld
  const orderKey = yield* ordered()
  return { orderKey, paymentId: yield* world.pay(orderKey) }
})

const refund = (input: RefundInput) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    return (yield* gateway.refund(merchant, input)).value
  })

/** The refunds of an order's only payment, as `status amount`, oldest first. */
const refunds = (orderKey: string) =>
  Effect.map(
    reported(orderKey),
    ({ payments }) =>
      payments.flatMap(({ authorization }) =>
        authorization.refunds.map((each) => `${each.status} ${each.amount.minor}`)
      )
  )

const byAmount = (minor: number) => ({ _tag: "Amount", amount: eur(minor) }) as const

export const refunding: Group<PaymentGateway | ProviderWorld> = {
  title: "refund",
  cases: [
    specify(
      "files a request; the money moves later",
      Effect.gen(function*() {
        const { finishRefunds } = yield* ProviderWorld
        const { orderKey, paymentId } = yield* paid
        const scope = { ...byAmount(980), description: "CANARY words" }
        assert.deepEqual(yield* refund({ orderKey, paymentId, refundReference: "rma-1", scope }), { _tag: "Filed" })
        const { payments, totals } = yield* reported(orderKey)
        assert.equal(totals.refunded, 0)
        const [filed] = payments[0]?.authorization.refunds ?? []
        assert.deepEqual([filed?.status, filed?.merchantReference, filed?.amount.minor], ["NEW", "rma-1", 980])
        yield* finishRefunds(paymentId)
        assert.equal((yield* reported(orderKey)).totals.refunded, 980)
        assert.deepEqual(yield* refunds(orderKey), ["CAPTURED 980"])
      })
    ),
    specify(
      "gives back a part, and then without an amount all that is left",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* paid
        yield* refund({ orderKey, paymentId, scope: byAmount(1000) })
        yield* refund({ orderKey, paymentId, scope: { _tag: "Amount" } })
        assert.deepEqual(yield* refunds(orderKey), ["NEW 1000", `NEW ${totalMinor - 1000}`])
      })
    ),
    specify(
      "gives back what a line of the bill costs, unless an amount is given as well",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* paid
        yield* refund({ orderKey, paymentId, scope: { _tag: "Amount", itemCode: "LAMP" } })
        yield* refund({ orderKey, paymentId, scope: { ...byAmount(1), itemCode: "LAMP" } })
        assert.deepEqual(yield* refunds(orderKey), ["NEW 2500", "NEW 1"])
      })
    ),
    specify(
      "gives back pieces of lines, and an amount on top",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* paid
        const additional = { amount: eur(495), vatRate: "21", description: "CANARY words" }
        yield* refund({
          orderKey,
          paymentId,
          scope: { _tag: "Items", items: [{ itemCode: "BOOK", quantity: 2 }], additional }
        })
        yield* refund({ orderKey, paymentId, scope: { _tag: "Items", items: [], additional } })
        assert.deepEqual(yield* refunds(orderKey), ["NEW 2485", "NEW 495"])
      })
    ),
    specify(
      "adds to what is filed, or replaces it",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* paid
        yield* refund({ orderKey, paymentId, scope: byAmount(1000) })
        yield* refund({ orderKey, paymentId, scope: byAmount(500) })
        assert.deepEqual(yield* refunds(orderKey), ["NEW 1000", "NEW 500"])
        yield* refund({ orderKey, paymentId, scope: byAmount(200), replaceFiled: true })
        assert.deepEqual(yield* refunds(orderKey), ["CANCELED 1000", "CANCELED 500", "NEW 200"])
      })
    ),
    specify(
      "is not repeatable: two refunds of a part are two refunds",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* paid
        const part = { orderKey, paymentId, scope: byAmount(1000), refundReference: "same" }
        yield* refund(part)
        yield* refund(part)
        assert.deepEqual(yield* refunds(orderKey), ["NEW 1000", "NEW 1000"])
      })
    ),
    specify(
      "may name a day and an account",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* paid
        yield* refund({ orderKey, paymentId, scope: byAmount(100), notBefore: "2199-12-31", account })
        assert.deepEqual(yield* refunds(orderKey), ["NEW 100"])
      })
    ),
    specify(
      "gives back no more than was captured, nothing in another currency, nothing of other bills",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { orderKey, paymentId } = yield* paid
        const usd = { _tag: "Amount", amount: { minor: 100, currency: "USD" } } as const
        const tooMany = { _tag: "Items", items: [{ itemCode: "BOOK", quantity: 4 }] } as const
        for (const scope of [byAmount(totalMinor + 1), usd, { _tag: "Amount", itemCode: "NONE" } as const, tooMany]) {
          yield* rejected(gateway.refund(merchant, { orderKey, paymentId, scope }))
        }
        assert.deepEqual(yield* refunds(orderKey), [])
      })
    ),
    specify(
      "before anything was captured is refused, and after everything was given back too",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { authorize, pay } = yield* ProviderWorld
        const open = yield* ordered("web-a")
        const approved = { orderKey: open, paymentId: yield* authorize(open) }
        yield* rejected(gateway.refund(merchant, { ...approved, scope: { _tag: "Amount" } }))
        const orderKey = yield* ordered("web-b")
        const paymentId = yield* pay(orderKey)
        yield* refund({ orderKey, paymentId, scope: { _tag: "Amount" } })
        yield* rejected(gateway.refund(merchant, { orderKey, paymentId, scope: { _tag: "Amount" } }))
      })
    )
  ]
}
