/** Registering orders. */
import { PaymentGateway } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import { type Group, specify } from "../../conformance/Case.ts"
import { eur, merchant, newOrder, ordered, otherMerchant, platform, reported, totalMinor } from "../gatewaySample.ts"
import { rejected, rejectedAs } from "../outcomes.ts"
import type { ProviderWorld } from "../ProviderWorld.ts"

export const creating: Group<PaymentGateway | ProviderWorld> = {
  title: "create",
  cases: [
    specify(
      "answers a key of 32 capitals and digits, and no payment",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { value } = yield* gateway.create(merchant, newOrder("web-1"))
        assert.match(value.orderKey, /^[A-Z0-9]{32}$/)
        assert.equal(value.payment, undefined)
      })
    ),
    specify(
      "registers the total; nothing is paid, and nobody has begun to pay",
      Effect.gen(function*() {
        const { payments, totals } = yield* reported(yield* ordered())
        assert.equal(totals.registered, totalMinor)
        assert.equal(totals.acquirerApproved, 0)
        assert.equal(totals.captured, 0)
        assert.deepEqual(payments, [])
      })
    ),
    specify(
      "gives every order a key of its own",
      Effect.gen(function*() {
        const keys = [yield* ordered("web-1"), yield* ordered("web-2"), yield* ordered("web-3")]
        assert.equal(new Set(keys).size, 3)
      })
    ),
    specify(
      "takes orders without lines, of companies, and of shoppers of whom little is known",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { invoice: _, ...bare } = newOrder("bare-1")
        const company = {
          _tag: "Company",
          id: "CANARY-9",
          name: "CANARY & sons",
          email: "books@CANARY.example",
          language: "en"
        } as const
        const first = yield* gateway.create(merchant, { ...bare, buyer: company })
        assert.equal((yield* reported(first.value.orderKey)).totals.registered, totalMinor)
        const second = yield* gateway.create(merchant, { ...bare, orderReference: "bare-2", total: eur(1) })
        assert.equal((yield* reported(second.value.orderKey)).totals.registered, 1)
      })
    ),
    specify(
      "takes orders in other currencies, in their own minor units",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { invoice: _, ...bare } = newOrder("yen-1")
        const yen = { ...bare, total: { minor: 3310, currency: "JPY" } }
        const { value } = yield* gateway.create(merchant, yen)
        const { totals } = yield* reported(value.orderKey)
        assert.deepEqual([totals.registered, totals.exchangedTo], [3310, "JPY"])
      })
    ),
    specify(
      "refuses a reference that was used, for ever, also after the order was cancelled",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const orderKey = yield* ordered("web-1")
        yield* rejected(gateway.create(merchant, newOrder("web-1")))
        yield* gateway.cancel(merchant, { orderKey })
        yield* rejected(gateway.create(merchant, newOrder("web-1")))
      })
    ),
    specify(
      "keeps the references of two merchants apart",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        yield* ordered("web-1")
        yield* gateway.create(otherMerchant, newOrder("web-1"))
      })
    ),
    specify(
      "tells every reason of a refusal",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        yield* ordered("web-1")
        const wrong = newOrder("web-1", { profile: "nobody-has-this" })
        assert.equal(yield* rejectedAs(gateway.create(merchant, wrong), "refused"), 2, "errors that the failure names")
      })
    ),
    specify(
      "acts for a subject merchant, with a fee, and says so in the exchange",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const fee = { moment: "fully-paid", amount: eur(310), description: "CANARY fee" } as const
        const forStall = { ...platform, subjectMerchant: { ...platform.subjectMerchant!, fee } }
        const { exchange, value } = yield* gateway.create(forStall, newOrder("stall-1"))
        assert.equal(exchange.subjectMerchantName, "stall_7")
        const { value: report } = yield* gateway.status(platform, { orderKey: value.orderKey })
        assert.equal(report.totals.registered, totalMinor)
      })
    )
  ]
}
