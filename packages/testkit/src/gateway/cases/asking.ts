/** The three calls that change nothing, and the record that every call leaves. */
import { operations, PaymentGateway } from "@docdata/application"
import * as Clock from "effect/Clock"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { type Group, specify } from "../../conformance/Case.ts"
import { called, gatewayAccounts, inputs, merchant, ordered, reported, totalMinor } from "../gatewaySample.ts"
import { ProviderWorld } from "../ProviderWorld.ts"

export const asking: Group<PaymentGateway | ProviderWorld> = {
  title: "status, extended status, list",
  cases: [
    specify(
      "the report shows every attempt, and only captured money as captured",
      Effect.gen(function*() {
        const { begin, pay } = yield* ProviderWorld
        const orderKey = yield* ordered()
        const open = yield* begin(orderKey)
        const paid = yield* pay(orderKey)
        const { payments, totals } = yield* reported(orderKey)
        assert.deepEqual([totals.registered, totals.captured, totals.refunded], [totalMinor, totalMinor, 0])
        assert.deepEqual(payments.map(({ id }) => id).toSorted(), [open, paid].toSorted())
        assert.deepEqual(new Set(payments.map(({ paymentMethod }) => paymentMethod)), new Set(["IDEAL"]))
      })
    ),
    specify(
      "asking changes nothing: three times the same",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { pay } = yield* ProviderWorld
        const orderKey = yield* ordered()
        yield* pay(orderKey)
        // Payments come in no fixed order, and the exchange rate's date is that of the question.
        const shape = Effect.map(reported(orderKey), ({ payments, totals }) => ({
          totals: { ...totals, exchangeRateDate: "" },
          payments: payments.toSorted((a, b) => a.id < b.id ? -1 : 1)
        }))
        const before = yield* shape
        yield* gateway.statusExtended(merchant, { orderKey })
        yield* gateway.listPaymentMethods(merchant, { orderKey })
        assert.deepEqual(yield* shape, before)
      })
    ),
    specify(
      "the extended report is the report, with details of each attempt",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { pay } = yield* ProviderWorld
        const orderKey = yield* ordered()
        const paymentId = yield* pay(orderKey)
        const { value } = yield* gateway.statusExtended(merchant, { orderKey })
        const plain = yield* reported(orderKey)
        assert.deepEqual(value.report.payments, plain.payments)
        assert.equal(value.report.totals.captured, totalMinor)
        assert.deepEqual(value.paymentInfos.map((info) => info.paymentId), [paymentId])
        const details = value.paymentInfos[0]?.details
        assert.equal(details?._tag, "Ideal")
        assert.equal(details?._tag === "Ideal" && Redacted.isRedacted(details.holderName), true)
        assert.equal(details?._tag === "Ideal" && Redacted.isRedacted(details.shopperAccount?.iban), true)
      })
    ),
    specify(
      "the list names methods and the banks of iDEAL",
      Effect.gen(function*() {
        const gateway = yield* PaymentGateway
        const { value } = yield* gateway.listPaymentMethods(merchant, { orderKey: yield* ordered() })
        const idealMethod = value.find(({ name }) => name === "IDEAL")
        assert.ok(value.length > 1)
        assert.ok((idealMethod?.issuers.length ?? 0) > 0)
        for (const { issuers, mandates, name } of value) {
          assert.match(name, /^[A-Z_]+$/)
          assert.ok(Array.isArray(issuers) && Array.isArray(mandates))
        }
      })
    ),
    specify(
      "calls made at once are all answered",
      Effect.gen(function*() {
        const orderKeys = yield* Effect.forEach(
          Array.from({ length: 12 }, (_, caller) => `web-${caller}`),
          (reference) => ordered(reference),
          { concurrency: "unbounded" }
        )
        const reports = yield* Effect.forEach(orderKeys, reported, { concurrency: "unbounded" })
        assert.equal(new Set(orderKeys).size, 12)
        assert.deepEqual(reports.map(({ totals }) => totals.registered), orderKeys.map(() => totalMinor))
      })
    )
  ]
}

export const recording: Group<PaymentGateway | ProviderWorld> = {
  title: "the exchange",
  cases: operations.map((operation) =>
    specify(
      `of ${operation} says in whose name, what, how often and when`,
      Effect.gen(function*() {
        const { authorize, pay } = yield* ProviderWorld
        const orderKey = yield* ordered()
        const paymentId = operation === "capture" ? yield* authorize(orderKey) : yield* pay(orderKey)
        const beforeMs = yield* Clock.currentTimeMillis
        const { exchange } = yield* called(operation, merchant, inputs(orderKey, paymentId)[operation])
        const afterMs = yield* Clock.currentTimeMillis
        assert.equal(exchange.operation, operation)
        assert.equal(exchange.environment, "test")
        assert.equal(exchange.merchantName, gatewayAccounts[0].name)
        assert.equal(exchange.subjectMerchantName, undefined)
        assert.equal(exchange.attempts, 1)
        assert.deepEqual(exchange.shortened, [])
        assert.ok(exchange.requestText.length > 0)
        assert.ok((exchange.replyText ?? "").length > 0)
        // A report is as old as this instant, so it may never be later than the question.
        assert.ok(beforeMs <= exchange.startedAtMs && exchange.startedAtMs <= exchange.finishedAtMs)
        assert.ok(exchange.finishedAtMs <= afterMs)
        assert.ok(exchange.timings.queuedMs >= 0 && exchange.timings.totalMs >= exchange.timings.queuedMs)
      })
    )
  )
}
