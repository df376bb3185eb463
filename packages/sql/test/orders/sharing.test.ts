/**
 * PostgreSQL: a payment that another order adds at this very moment, in a transaction that nobody sees yet.
 */
import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { assert, describe, inject, it } from "vitest"
import { layerPostgres } from "../../src/postgres/index.ts"
import { changeOf, newOrder } from "../crash/orders.ts"
import { temporaryDatabase } from "../support/databases.ts"
import { whileHeld } from "../support/heldSession.ts"

const [first, second] = [newOrder(0).id, newOrder(1).id]

describe.runIf(inject("postgresUrl") !== "")("a payment that two orders add at once on PostgreSQL", () => {
  it("is the first one's, and the other one decides again", () =>
    Effect.runPromise(
      Effect.scoped(Effect.gen(function*() {
        const url = Redacted.make(yield* temporaryDatabase(inject("postgresUrl")))
        yield* Effect.gen(function*() {
          const store = yield* OrderStore
          yield* store.reserve(newOrder(0))
          yield* store.reserve(newOrder(1))
          const change = changeOf(yield* store.read({ by: "id", id: second }), 0)
          const [payment] = change.payments
          assert.isDefined(payment)
          const adding = `INSERT INTO docdata_payments (order_id, merchant, payment_id, payment_method, status,
              confidence_level, allocated_minor, debited_minor, refunded_minor, charged_back_minor, reversed_minor)
            VALUES ('${first}', 'shop', '${payment.paymentId}', 'IDEAL', 'AUTHORIZED', 'ACQUIRER_APPROVED', 1, 0, 0, 0, 0)`
          const late = yield* whileHeld(url, [adding], Effect.flip(store.commit(change)))
          assert.deepInclude(late._tag === "Success" ? late.value : undefined, {
            _tag: "Outdated",
            expectedRevision: 0,
            actualRevision: 0,
            paymentId: payment.paymentId
          })
          const { order, payments } = yield* store.read({ by: "id", id: second }, [payment.paymentId])
          assert.strictEqual(order.revision, 0)
          assert.deepStrictEqual(payments.map(({ orderKey, paymentId }) => [orderKey, paymentId]), [[
            "",
            payment.paymentId
          ]])
        }).pipe(Effect.provide(layerPostgres({ url, connectionsMax: 2 })))
      }))
    ))
})
