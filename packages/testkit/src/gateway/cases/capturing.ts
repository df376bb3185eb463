/** Asking for authorised money. */
import { type CaptureInput, PaymentGateway } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { eur, merchant, ordered, reported, totalMinor } from "../gatewaySample.ts"
import { rejected } from "../outcomes.ts"
import { ProviderWorld } from "../ProviderWorld.ts"

const authorized = Effect.gen(function*() {
  const world = yield* ProviderWorld
  const orderKey = yield* ordered()
  return { orderKey, paymentId: yield* world.authorize(orderKey) }
})

const capture = (input: CaptureInput) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    return (yield* gateway.capture(merchant, input)).value
  })

/** The captures of an order's only payment, as `status amount`, oldest first. */
const captures = (orderKey: string) =>
  Effect.map(
    reported(orderKey),
    ({ payments }) =>
      payments.flatMap(({ authorization }) =>
        authorization.captures.map((each) => `${each.status} ${each.amount.minor}`)
      )
  )

export const capturing: Group<PaymentGateway | ProviderWorld> = {
  title: "capture",
  cases: [
    specify(
      "files a request; the money moves later",
      Effect.gen(function*() {
        const { finishCaptures } = yield* ProviderWorld
        const { orderKey, paymentId } = yield* authorized
        assert.deepEqual(yield* capture({ orderKey, paymentId, captureReference: "box-1" }), { _tag: "Filed" })
        const { payments, totals } = yield* reported(orderKey)
        assert.equal(totals.captured, 0)
        const [filed] = payments[0]?.authorization.captures ?? []
        assert.deepEqual([filed?.status, filed?.merchantReference], ["NEW", "box-1"])
        yield* finishCaptures(paymentId)
        assert.equal((yield* reported(orderKey)).totals.captured, totalMinor)
      })
    ),
    specify(
      "takes a part, and then without an amount all that is left",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* authorized
        yield* capture({ orderKey, paymentId, amount: eur(1000) })
        yield* capture({ orderKey, paymentId, replaceFiled: false })
        assert.deepEqual(yield* captures(orderKey), ["NEW 1000", `NEW ${totalMinor - 1000}`])
      })
    ),
    specify(
      "takes what a line of the bill costs, unless an amount is given as well",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* authorized
        yield* capture({ orderKey, paymentId, itemCode: "BOOK" })
        yield* capture({ orderKey, paymentId, itemCode: "LAMP", amount: eur(1), replaceFiled: false })
        assert.deepEqual(yield* captures(orderKey), ["NEW 2985", "NEW 1"])
      })
    ),
    specify(
      "adds to what is filed, or replaces it",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* authorized
        yield* capture({ orderKey, paymentId, amount: eur(1000) })
        yield* capture({ orderKey, paymentId, amount: eur(500), replaceFiled: false })
        assert.deepEqual(yield* captures(orderKey), ["NEW 1000", "NEW 500"])
        yield* capture({ orderKey, paymentId, amount: eur(200), replaceFiled: true })
        assert.deepEqual(yield* captures(orderKey), ["CANCELED 1000", "CANCELED 500", "NEW 200"])
      })
    ),
    specify(
      "is not repeatable: two captures of a part are two captures",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* authorized
        const part = { orderKey, paymentId, amount: eur(1000), replaceFiled: false, captureReference: "same" }
        yield* capture(part)
        yield* capture(part)
        assert.deepEqual(yield* captures(orderKey), ["NEW 1000", "NEW 1000"])
      })
    ),
    specify(
      "announced as the last one lets no other follow",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { finishCaptures } = yield* ProviderWorld
        const { orderKey, paymentId } = yield* authorized
        yield* capture({ orderKey, paymentId, amount: eur(1000), finalCapture: true })
        yield* finishCaptures(paymentId)
        yield* rejected(gateway.capture(merchant, { orderKey, paymentId, amount: eur(1) }))
      })
    ),
    specify(
      "with a day stays filed",
      Effect.gen(function*() {
        const { orderKey, paymentId } = yield* authorized
        yield* capture({
          orderKey,
          paymentId,
          notBefore: "2199-12-31",
          description: "CANARY words",
          captureReference: "late"
        })
        assert.deepEqual(yield* captures(orderKey), [`NEW ${totalMinor}`])
      })
    ),
    specify(
      "takes no more than was authorised, nothing in another currency, and nothing twice",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { finishCaptures } = yield* ProviderWorld
        const { orderKey, paymentId } = yield* authorized
        yield* rejected(gateway.capture(merchant, { orderKey, paymentId, amount: eur(totalMinor + 1) }))
        yield* rejected(gateway.capture(merchant, { orderKey, paymentId, amount: { minor: 100, currency: "USD" } }))
        yield* rejected(gateway.capture(merchant, { orderKey, paymentId, itemCode: "NONE" }))
        assert.deepEqual(yield* captures(orderKey), [])
        yield* capture({ orderKey, paymentId })
        yield* finishCaptures(paymentId)
        yield* rejected(gateway.capture(merchant, { orderKey, paymentId }))
        assert.equal((yield* reported(orderKey)).totals.captured, totalMinor)
      })
    ),
    specify(
      "of a payment that nobody approved is refused",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { begin } = yield* ProviderWorld
        const orderKey = yield* ordered()
        const paymentId = yield* begin(orderKey)
        yield* rejected(gateway.capture(merchant, { orderKey, paymentId }))
      })
    )
  ]
}
