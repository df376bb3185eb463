/** What the provider refuses, and what is not even sent. */
import { operations, PaymentGateway } from "@docdata/application"
import assert from "node:assert/strict"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { type Group, specify } from "../../conformance/Case.ts"
import {
  account,
  called,
  eur,
  ideal,
  inputs,
  lines,
  merchant,
  newOrder,
  ordered,
  otherMerchant,
  platform,
  stranger,
  totalMinor,
  unknownKey,
  unknownPayment
} from "../gatewaySample.ts"
import { refusedAt, rejected, rejectedAs } from "../outcomes.ts"
import { ProviderWorld } from "../ProviderWorld.ts"

const byKey = ["start", "cancel", "status", "statusExtended", "listPaymentMethods"] as const
const byPayment = ["proceed", "capture", "refund"] as const

export const refusing: Group<PaymentGateway | ProviderWorld> = {
  title: "the provider refuses",
  cases: [
    ...operations.map((operation) =>
      specify(
        `${operation} with a wrong password, as a matter of credentials`,
        Effect.gen(function*() {
          const { pay } = yield* ProviderWorld
          const orderKey = yield* ordered()
          const input = inputs(orderKey, yield* pay(orderKey))[operation]
          yield* rejectedAs(called(operation, stranger, input), "credentials")
        })
      )
    ),
    ...[...byKey, ...byPayment].map((operation) =>
      specify(
        `${operation} of something that nobody knows, or that is another merchant's`,
        Effect.gen(function*() {
          const { pay } = yield* ProviderWorld
          const orderKey = yield* ordered()
          const paymentId = yield* pay(orderKey)
          yield* rejected(called(operation, merchant, inputs(unknownKey, unknownPayment)[operation]))
          yield* rejected(called(operation, otherMerchant, inputs(orderKey, paymentId)[operation]))
        })
      )
    )
  ]
}

/** Nothing of what `cases` does may reach the provider. */
const unsent = <E, R>(cases: (gateway: PaymentGateway["Service"]) => Effect.Effect<void, E, R>) =>
  Effect.gen(function*() {
    const { calls } = yield* ProviderWorld
    yield* cases(yield* PaymentGateway)
    assert.deepEqual(yield* calls, [])
  })

const order = newOrder("web-1")

export const refusedBeforeSending: Group<PaymentGateway | ProviderWorld> = {
  title: "refused before sending, nothing reaches the provider",
  cases: [
    specify(
      "all problems of an order at once, by the paths of its fields",
      unsent((gateway) =>
        refusedAt(
          gateway.create(merchant, {
            ...order,
            orderReference: "CANARY".repeat(60),
            buyer: { ...order.buyer, language: "nl-NL", email: "CANARY at home" },
            billTo: { ...order.billTo, address: { ...order.billTo.address, street: "", country: "nl" } }
          }),
          "orderReference",
          "buyer.language",
          "buyer.email",
          "billTo.address.street",
          "billTo.address.country"
        )
      )
    ),
    specify(
      "an amount that is a fraction or more than 32 bits",
      unsent((gateway) =>
        Effect.gen(function*() {
          const { invoice: _, ...bare } = order
          yield* refusedAt(gateway.create(merchant, { ...bare, total: eur(19.99) }), "total.minor")
          yield* refusedAt(gateway.create(merchant, { ...bare, total: eur(2 ** 31) }), "total.minor")
          yield* refusedAt(
            gateway.capture(merchant, {
              orderKey: unknownKey,
              paymentId: "1",
              amount: { minor: 0.5, currency: "eur" }
            }),
            "amount.minor",
            "amount.currency"
          )
        })
      )
    ),
    specify(
      "a bill that does not add up",
      unsent((gateway) =>
        Effect.gen(function*() {
          yield* refusedAt(gateway.create(merchant, { ...order, total: eur(totalMinor - 1) }), "invoice.lines")
          const [first, ...rest] = lines
          const wrong = [{ ...first!, line: { ...first!.line, gross: first!.line.gross + 1 } }, ...rest]
          const call = gateway.create(merchant, { ...order, total: eur(totalMinor + 1), invoice: { lines: wrong } })
          const { reason } = yield* Effect.flip(call)
          assert.equal(reason._tag, "RefusedBeforeSending")
        })
      )
    ),
    ...[...byKey, ...byPayment].map((operation) =>
      specify(
        `a key that is none, of ${operation}`,
        unsent(() => refusedAt(called(operation, merchant, inputs("CANARY-not-a-key", "1")[operation]), "orderKey"))
      )
    ),
    ...byPayment.map((operation) =>
      specify(
        `a payment that is none, of ${operation}`,
        unsent(() => refusedAt(called(operation, merchant, inputs(unknownKey, "0123")[operation]), "paymentId"))
      )
    ),
    specify(
      "texts, days and accounts of captures and refunds",
      unsent((gateway) =>
        Effect.gen(function*() {
          const tooLong = "CANARY".repeat(6)
          yield* refusedAt(
            gateway.capture(merchant, {
              orderKey: unknownKey,
              paymentId: "1",
              captureReference: tooLong,
              notBefore: "tomorrow"
            }),
            "captureReference",
            "notBefore"
          )
          yield* refusedAt(
            gateway.refund(merchant, {
              orderKey: unknownKey,
              paymentId: "1",
              refundReference: "",
              scope: { _tag: "Amount", amount: eur(Number.NaN) },
              account: { ...account, holderCountry: "Netherlands" }
            }),
            "refundReference",
            "scope.amount.minor",
            "account.holderCountry"
          )
        })
      )
    ),
    specify(
      "credentials that are none, and an account number that is none",
      unsent((gateway) =>
        Effect.gen(function*() {
          const nobody = { ...merchant, merchantName: "", password: Redacted.make("CANARY".repeat(6)) }
          yield* refusedAt(
            gateway.status(nobody, { orderKey: unknownKey }),
            "merchant.merchantName",
            "merchant.password"
          )
          const input = { _tag: "DirectDebit", iban: Redacted.make("NL99 CANR 0123 4567 89") } as const
          yield* refusedAt(
            gateway.start(merchant, { orderKey: unknownKey, payment: { _tag: "WithInput", input } }),
            "payment.input.iban"
          )
        })
      )
    ),
    specify(
      "an address to come back to that is no page",
      unsent((gateway) =>
        Effect.forEach(
          ["javascript:alert('CANARY')", "/CANARY", "https://", "ftp://shop.example/CANARY"],
          (returnUrl) =>
            refusedAt(
              gateway.start(merchant, {
                orderKey: unknownKey,
                payment: { _tag: "WithInput", input: ideal, returnUrl }
              }),
              "payment.returnUrl"
            ),
          { discard: true }
        )
      )
    ),
    specify(
      "a platform's fee with anything but create",
      unsent((gateway) => {
        const fee = { moment: "immediate", amount: eur(1) } as const
        const forStall = { ...platform, subjectMerchant: { ...platform.subjectMerchant!, fee } }
        return refusedAt(gateway.cancel(forStall, { orderKey: unknownKey }), "merchant.subjectMerchant.fee")
      })
    )
  ]
}
