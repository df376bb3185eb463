import { OrderStore } from "@docdata/application"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { assert, describe, inject, it } from "vitest"
import { importReference, type NotImported } from "../../src/index.ts"
import { openPostgres } from "../../src/postgres/index.ts"
import { openSqlite } from "../../src/sqlite/index.ts"
import { temporaryDatabase, temporaryFile } from "../support/databases.ts"
import { engines } from "../support/engines.ts"
import { createReferenceTables, type LegacyOrder } from "./referenceTables.ts"

const nextRefreshAtMs = Date.UTC(2026, 0, 5)

const sqliteSource = Effect.flatMap(temporaryFile, (file) => openSqlite({ file }))
const postgresSource = Effect.suspend(() => temporaryDatabase(inject("postgresUrl"))).pipe(
  Effect.flatMap((url) => openPostgres({ url: Redacted.make(url), maxConnections: 1 }))
)

const accountOf = (merchantName: string): string | undefined => merchantName === "shop" ? merchantName : undefined

const byKey = (key: string) => OrderStore.use((store) => store.read({ by: "key", merchant: "shop", key }))

for (const { layer, name } of engines()) {
  // Each engine reads from the other's source where there is one.
  for (const [from, source] of [["SQLite", sqliteSource], ["PostgreSQL", postgresSource]] as const) {
    describe.runIf(from === "SQLite" || inject("postgresUrl") !== "")(`from ${from} to ${name}`, () => {
      const run = <A, E>(use: Effect.Effect<A, E, never>) => Effect.runPromise(use)

      it("keeps keys, references, statuses, amounts and times, and announces nothing", () =>
        run(Effect.scoped(Effect.gen(function*() {
          const reference = yield* source
          yield* createReferenceTables(reference, [
            {
              merchantOrderId: "W1",
              orderKey: "KEY1",
              language: "zh-ha",
              gross: "19.99",
              registered: "19.99",
              captured: "19.99"
            },
            { merchantOrderId: "W2", orderKey: "KEY2", status: "pending", country: null, gross: "9999999999999.99" }
          ], [{ order: 1, paymentId: "00042", allocated: "19.99" }, { order: 1, paymentId: "1000000001" }])
          yield* Effect.gen(function*() {
            const report = yield* importReference({ source: reference, nextRefreshAtMs, accountOf })
            assert.deepStrictEqual(report, { imported: 2, alreadyThere: 0, payments: 2, notImported: [] })

            const first = yield* byKey("KEY1")
            assert.deepInclude(first.order, {
              merchant: "shop",
              shopReference: "W1",
              orderReference: "W1",
              language: "zh",
              billToCountry: "NL",
              currency: "EUR",
              grossMinor: 1999,
              createdAtMs: Date.UTC(2016, 4, 4, 10),
              orderAttempt: 1,
              registration: "confirmed",
              revision: 1
            })
            assert.isUndefined(first.order.nextRefreshAtMs)
            assert.deepInclude(first.order.state, { key: "KEY1", status: "paid", fulfilment: "ship", grossMinor: 1999 })
            assert.deepInclude(first.order.state.totals, { registered: 1999, captured: 1999, refunded: 0, reversed: 0 })
            assert.deepStrictEqual(first.payments.map(({ paymentId }) => paymentId), ["42", "1000000001"])
            assert.deepInclude(first.payments[0], { status: "AUTHORIZED", allocatedMinor: 1999, debitedMinor: 1999 })
            assert.notProperty(first.payments[0], "currency")

            const second = yield* byKey("KEY2")
            assert.deepInclude(second.order, { billToCountry: "", grossMinor: 999_999_999_999_999, nextRefreshAtMs })
            assert.notProperty(second.order.state, "totals")

            const store = yield* OrderStore
            assert.lengthOf(yield* store.events(first.order.id), 0)
          }).pipe(Effect.provide(layer))
        }))))

      it("imports nothing twice, and says what stays behind and why", () =>
        run(Effect.scoped(Effect.gen(function*() {
          const reference = yield* source
          yield* createReferenceTables(reference, [
            { merchantOrderId: "W1", orderKey: "KEY1" },
            { merchantOrderId: "W1", orderKey: "KEY2" },
            { merchantOrderId: "W3", orderKey: "" },
            { merchantOrderId: "W4", orderKey: "KEY4", status: "Paid!" },
            { merchantOrderId: "W5", orderKey: "KEY5", currency: "euro" }
          ], [{ order: 1, paymentId: "7" }, { order: 1, paymentId: "legacy-1" }])
          yield* Effect.gen(function*() {
            const notImported: ReadonlyArray<NotImported> = [
              { what: "payment", order: "KEY1", paymentId: "legacy-1", reason: "payment-id" },
              { what: "order", order: "KEY2", reason: "reference-taken" },
              { what: "order", order: "3", reason: "no-order-key" },
              { what: "order", order: "KEY4", reason: "unknown-status" },
              { what: "order", order: "KEY5", reason: "unreadable-currency" }
            ]
            const foreseen = yield* importReference({ source: reference, nextRefreshAtMs, accountOf, dryRun: true })
            assert.deepStrictEqual(foreseen, { imported: 1, alreadyThere: 0, payments: 1, notImported })
            assert.deepStrictEqual(yield* OrderStore.use((store) => store.list({}, { limit: 1 })), { items: [] })
            const once = yield* importReference({ source: reference, nextRefreshAtMs, accountOf })
            assert.deepStrictEqual(once, { imported: 1, alreadyThere: 0, payments: 1, notImported })
            const again = yield* importReference({ source: reference, nextRefreshAtMs, accountOf })
            assert.deepStrictEqual(again, { imported: 0, alreadyThere: 1, payments: 0, notImported })
            const still = yield* importReference({ source: reference, nextRefreshAtMs, accountOf, dryRun: true })
            assert.deepStrictEqual(still, again)
          }).pipe(Effect.provide(layer))
        }))))

      it("brings orders under the account of their merchant name, and leaves those of others behind", () =>
        run(Effect.scoped(Effect.gen(function*() {
          const reference = yield* source
          yield* createReferenceTables(reference, [{ merchantOrderId: "W1", orderKey: "KEY1" }], [])
          yield* Effect.gen(function*() {
            const foreign = yield* importReference({ source: reference, nextRefreshAtMs, accountOf: () => undefined })
            assert.deepStrictEqual(foreign.notImported, [{ what: "order", order: "KEY1", reason: "unknown-merchant" }])
            yield* importReference({ source: reference, nextRefreshAtMs, accountOf: () => "web" })
            const { order } = yield* OrderStore.use((store) => store.read({ by: "key", merchant: "web", key: "KEY1" }))
            assert.strictEqual(order.merchant, "web")
          }).pipe(Effect.provide(layer))
        }))))

      it("goes through more orders than one batch holds", () =>
        run(Effect.scoped(Effect.gen(function*() {
          const reference = yield* source
          const orders = Array.from({ length: 450 }, (_, number): LegacyOrder => ({
            merchantOrderId: `W${number}`,
            orderKey: `KEY${number}`
          }))
          const payments = orders.map((_, index) => ({ order: index + 1, paymentId: String(index + 1) }))
          yield* createReferenceTables(reference, orders, payments)
          const seen: Array<number> = []
          const onBatch = (count: number) => {
            seen.push(count)
          }
          const options = { source: reference, nextRefreshAtMs, accountOf, onBatch }
          const report = yield* Effect.provide(importReference(options), layer)
          assert.deepStrictEqual(seen, [200, 400, 450])
          assert.deepStrictEqual(report, { imported: 450, alreadyThere: 0, payments: 450, notImported: [] })
        }))))
    })
  }
}
