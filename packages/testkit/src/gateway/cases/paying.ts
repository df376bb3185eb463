/** Starting payments and continuing them. */
import { PaymentGateway, type PaymentResponse } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { type Group, specify } from "../../conformance/Case.ts"
import { directDebit, eur, ideal, merchant, newOrder, ordered, reported, totalMinor } from "../gatewaySample.ts"
import { rejected } from "../outcomes.ts"
import { ProviderWorld } from "../ProviderWorld.ts"

const withInput = (orderKey: string, input = ideal) =>
  ({ orderKey, payment: { _tag: "WithInput", input, returnUrl: "https://shop.example/back" } }) as const

const idOf = (response: PaymentResponse): string => {
  assert.equal(response._tag, "Accepted")
  return response._tag === "Accepted" ? response.paymentId : ""
}

/** A payment that was started and not decided. */
const started = (orderKey: string) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    return idOf((yield* gateway.start(merchant, withInput(orderKey))).value.payment)
  })

const payPal = (orderKey: string) =>
  Effect.gen(function*() {
    const gateway = yield* PaymentGateway
    const { value } = yield* gateway.start(merchant, withInput(orderKey, { _tag: "PayPal", mobileShopper: false }))
    return idOf(value.payment)
  })

export const starting: Group<PaymentGateway | ProviderWorld> = {
  title: "start",
  cases: [
    specify(
      "answers the payment's id and word, and where to send the shopper",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { value } = yield* gateway.start(merchant, withInput(yield* ordered()))
        assert.match(idOf(value.payment), /^[1-9]\d*$/)
        assert.equal(value.payment._tag === "Accepted" && value.payment.status, "REDIRECTED_FOR_AUTHORIZATION")
        assert.equal(value.redirect?.method, "GET")
        assert.match(Redacted.value(value.redirect?.url ?? Redacted.make("")), /^https?:\/\//)
      })
    ),
    specify(
      "answers at once where nobody has to go anywhere",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const orderKey = yield* ordered()
        const { value } = yield* gateway.start(merchant, withInput(orderKey, directDebit))
        assert.equal(value.payment._tag === "Accepted" && value.payment.status, "AUTHORIZED")
        assert.equal(value.redirect, undefined)
        assert.equal((yield* reported(orderKey)).totals.acquirerPending, totalMinor)
      })
    ),
    specify(
      "pays all of the order, or the part that is asked for",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const orderKey = yield* ordered()
        yield* started(orderKey)
        yield* gateway.start(merchant, { ...withInput(orderKey), amount: eur(1500) })
        const { payments } = yield* reported(orderKey)
        const amounts = payments.map(({ authorization }) => authorization.amount.minor)
        assert.deepEqual(amounts.toSorted((a, b) => a - b), [1500, totalMinor])
      })
    ),
    specify(
      "makes each call a payment of its own",
      Effect.gen(function*() {
        const orderKey = yield* ordered()
        assert.notEqual(yield* started(orderKey), yield* started(orderKey))
        assert.equal((yield* reported(orderKey)).payments.length, 2)
      })
    ),
    specify(
      "tells of a payment that the acquirer refuses in one of two ordinary ways",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { declineNext } = yield* ProviderWorld
        const orderKey = yield* ordered()
        yield* declineNext
        const word = yield* gateway.start(merchant, withInput(orderKey)).pipe(
          Effect.map(({ value }) => value.payment._tag),
          Effect.catchTag("GatewayFailure", ({ reason }) => Effect.succeed(reason._tag))
        )
        assert.match(word, /^(Failed|Rejected)$/)
        assert.equal((yield* reported(orderKey)).totals.acquirerApproved, 0)
      })
    ),
    specify(
      "is refused once the order was cancelled",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const orderKey = yield* ordered()
        yield* gateway.cancel(merchant, { orderKey })
        yield* rejected(gateway.start(merchant, withInput(orderKey)))
      })
    )
  ]
}

export const proceeding: Group<PaymentGateway | ProviderWorld> = {
  title: "proceed",
  cases: [
    specify(
      "answers the word as it is while the shopper has not answered",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const orderKey = yield* ordered()
        const paymentId = yield* started(orderKey)
        const { value } = yield* gateway.proceed(merchant, { orderKey, paymentId, result: { _tag: "Ideal" } })
        assert.deepEqual(value, { _tag: "Accepted", paymentId, status: "REDIRECTED_FOR_AUTHORIZATION" })
      })
    ),
    specify(
      "answers an authorised payment once the shopper has paid, and again when asked again",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { approve } = yield* ProviderWorld
        const orderKey = yield* ordered()
        const paymentId = yield* started(orderKey)
        yield* approve(paymentId)
        for (const _ of ["first", "second"]) {
          const { value } = yield* gateway.proceed(merchant, { orderKey, paymentId, result: { _tag: "Ideal" } })
          assert.deepEqual(value, { _tag: "Accepted", paymentId, status: "AUTHORIZED" })
        }
        assert.equal((yield* reported(orderKey)).totals.captured, totalMinor)
      })
    ),
    specify(
      "submits the shopper's callback parameters, and an answer is no payment",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const token = Redacted.make("CANARY-pp")
        const words = []
        for (const shopperCancelled of [false, true]) {
          const orderKey = yield* ordered(`pp-${shopperCancelled}`)
          const paymentId = yield* payPal(orderKey)
          const result = { _tag: "PayPal", token, shopperCancelled } as const
          const { value } = yield* gateway.proceed(merchant, { orderKey, paymentId, result })
          words.push(value._tag === "Accepted" ? value.status : value._tag)
        }
        assert.deepEqual(words, ["AUTHORIZED", "CANCELED"])
      })
    )
  ]
}

const again = (orderReference: string, recurringReference: string) => newOrder(orderReference, { recurringReference })

export const recurring: Group<PaymentGateway | ProviderWorld> = {
  title: "recurring payments",
  cases: [
    specify(
      "begin with an order whose shopper has to pay by himself",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { value } = yield* gateway.create(merchant, again("club-1", "club"))
        assert.deepEqual(value.payment, { _tag: "InsufficientData" })
      })
    ),
    specify(
      "repeat the first payment through start, and at once through create",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { pay } = yield* ProviderWorld
        const first = yield* gateway.create(merchant, again("club-1", "club"))
        yield* pay(first.value.orderKey)
        const orderKey = yield* ordered("club-2")
        const repeat = { orderKey, payment: { _tag: "Recurring", recurringReference: "club" } } as const
        const { value: byStart } = yield* gateway.start(merchant, repeat)
        assert.equal(byStart.payment._tag, "Accepted")
        assert.equal((yield* reported(orderKey)).totals.captured, totalMinor)
        const { value: byCreate } = yield* gateway.create(merchant, again("club-3", "club"))
        assert.equal(byCreate.payment?._tag, "Accepted")
        assert.equal((yield* reported(byCreate.orderKey)).totals.captured, totalMinor)
      })
    ),
    specify(
      "take nothing without a first payment, and nothing of a series that nobody began",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        yield* gateway.create(merchant, again("club-1", "club"))
        const orderKey = yield* ordered("club-2")
        const repeat = (recurringReference: string) =>
          gateway.start(merchant, { orderKey, payment: { _tag: "Recurring", recurringReference } })
        assert.equal((yield* repeat("club")).value.payment._tag, "Failed")
        yield* rejected(repeat("nobody"))
        assert.deepEqual((yield* reported(orderKey)).payments, [])
      })
    )
  ]
}
