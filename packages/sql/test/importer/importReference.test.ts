import { OrderStore } from "@docdata/application"
import { defaultPolicy } from "@docdata/domain"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { DatabaseSync } from "node:sqlite"
import { assert, describe, inject, it } from "vitest"
import { importReference, type NotImported } from "../../src/index.ts"
import { openPostgres } from "../../src/postgres/index.ts"
import { openSqlite } from "../../src/sqlite/index.ts"
import { temporaryDatabase, temporaryFile } from "../support/databases.ts"
import { engines } from "../support/engines.ts"
import { createReferenceTables, type LegacyOrder } from "./referenceTables.ts"

const nowMs = Date.UTC(2026, 0, 5)
const policy = { ...defaultPolicy, expireAfterDays: 14 }

const sqliteSource = Effect.flatMap(temporaryFile, (file) => openSqlite({ file }))
const postgresSource = Effect.suspend(() => temporaryDatabase(inject("postgresUrl"))).pipe(
  Effect.flatMap((url) => openPostgres({ url: Redacted.make(url), maxConnections: 1 }))
)

const accountOf = (merchantName: string) => merchantName === "shop" ? { name: merchantName, policy } : undefined

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
            const report = yield* importReference({ source: reference, nowMs, accountOf })
            assert.deepStrictEqual(report, { imported: 2, alreadyThere: 0, older: 0, payments: 2, notImported: [] })

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
            assert.deepInclude(second.order, {
              billToCountry: "",
              grossMinor: 999_999_999_999_999,
              nextRefreshAtMs: nowMs
            })
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
            { merchantOrderId: " ", orderKey: "KEY2" },
            { merchantOrderId: "W3", orderKey: "" },
            { merchantOrderId: "W4", orderKey: "KEY4", status: "Paid!" },
            { merchantOrderId: "W5", orderKey: "KEY5", currency: "euro" }
          ], [{ order: 1, paymentId: "7" }, { order: 1, paymentId: "legacy-1" }])
          yield* Effect.gen(function*() {
            const notImported: ReadonlyArray<NotImported> = [
              { what: "payment", order: "KEY1", paymentId: "legacy-1", reason: "payment-id" },
              { what: "order", order: "KEY2", reason: "no-reference" },
              { what: "order", order: "3", reason: "no-order-key" },
              { what: "order", order: "KEY4", reason: "unknown-status" },
              { what: "order", order: "KEY5", reason: "unreadable-currency" }
            ]
            const foreseen = yield* importReference({ source: reference, nowMs, accountOf, dryRun: true })
            assert.deepStrictEqual(foreseen, { imported: 1, alreadyThere: 0, older: 0, payments: 1, notImported })
            assert.deepStrictEqual(yield* OrderStore.use((store) => store.list({}, { limit: 1 })), { items: [] })
            const once = yield* importReference({ source: reference, nowMs, accountOf })
            assert.deepStrictEqual(once, { imported: 1, alreadyThere: 0, older: 0, payments: 1, notImported })
            const again = yield* importReference({ source: reference, nowMs, accountOf })
            assert.deepStrictEqual(again, { imported: 0, alreadyThere: 1, older: 0, payments: 0, notImported })
            const still = yield* importReference({ source: reference, nowMs, accountOf, dryRun: true })
            assert.deepStrictEqual(still, again)
          }).pipe(Effect.provide(layer))
        }))))

      it("brings orders under the account of their merchant name, and leaves those of others behind", () =>
        run(Effect.scoped(Effect.gen(function*() {
          const reference = yield* source
          yield* createReferenceTables(reference, [{ merchantOrderId: "W1", orderKey: "KEY1" }], [])
          yield* Effect.gen(function*() {
            const foreign = yield* importReference({ source: reference, nowMs, accountOf: () => undefined })
            assert.deepStrictEqual(foreign.notImported, [{ what: "order", order: "KEY1", reason: "unknown-merchant" }])
            yield* importReference({ source: reference, nowMs, accountOf: () => ({ name: "web", policy }) })
            const { order } = yield* OrderStore.use((store) => store.read({ by: "key", merchant: "web", key: "KEY1" }))
            assert.strictEqual(order.merchant, "web")
          }).pipe(Effect.provide(layer))
        }))))

      it("takes orders of one reference as attempts of one shop order, of which the newest is the one that Docdata names", () =>
        run(Effect.scoped(Effect.gen(function*() {
          const reference = yield* source
          yield* createReferenceTables(reference, [
            { merchantOrderId: "W1", orderKey: "OLDER", status: "cancelled", created: "2025-12-30 10:00:00" },
            { merchantOrderId: "W1", orderKey: "NEWER", status: "paid", created: "2025-12-31 10:00:00" }
          ], [])
          yield* Effect.gen(function*() {
            const options = { source: reference, nowMs, accountOf }
            assert.deepInclude(yield* importReference({ ...options, dryRun: true }), { imported: 2, notImported: [] })
            assert.deepInclude(yield* importReference(options), { imported: 2, notImported: [] })
            assert.deepInclude(yield* importReference(options), { imported: 0, alreadyThere: 2 })
            const [older, newer] = [(yield* byKey("OLDER")).order, (yield* byKey("NEWER")).order]
            assert.deepInclude(older, { shopReference: "W1", orderReference: "W1~OLDER", orderAttempt: 1 })
            assert.deepInclude(newer, { shopReference: "W1", orderReference: "W1", orderAttempt: 2 })
          }).pipe(Effect.provide(layer))
        }))))

      it("plans refreshes for every order that can still change at its age, whatever its status", () =>
        run(Effect.scoped(Effect.gen(function*() {
          const reference = yield* source
          yield* createReferenceTables(reference, [
            { merchantOrderId: "W1", orderKey: "PAID", status: "paid", created: "2025-11-01 10:00:00" },
            { merchantOrderId: "W2", orderKey: "CANCELLED", status: "cancelled", created: "2025-12-20 10:00:00" },
            { merchantOrderId: "W3", orderKey: "REFUNDED", status: "refunded", created: "2025-11-01 10:00:00" },
            { merchantOrderId: "W4", orderKey: "PENDING", status: "pending", created: "2016-11-01 10:00:00" },
            { merchantOrderId: "W5", orderKey: "LONG-PAID", status: "paid", created: "2025-06-01 10:00:00" },
            { merchantOrderId: "W6", orderKey: "LONG-CANCELLED", status: "cancelled", created: "2025-11-01 10:00:00" }
          ], [])
          yield* Effect.gen(function*() {
            yield* importReference({ source: reference, nowMs, accountOf })
            const planned = (key: string) => Effect.map(byKey(key), ({ order }) => order.nextRefreshAtMs)
            for (const key of ["PAID", "CANCELLED", "REFUNDED", "PENDING"]) {
              assert.strictEqual(yield* planned(key), nowMs, key)
            }
            for (const key of ["LONG-PAID", "LONG-CANCELLED"]) assert.isUndefined(yield* planned(key), key)
          }).pipe(Effect.provide(layer))
        }))))

      it("takes only orders that were created since the instant that was asked for, and counts the older ones", () =>
        run(Effect.scoped(Effect.gen(function*() {
          const reference = yield* source
          yield* createReferenceTables(reference, [
            { merchantOrderId: "W1", orderKey: "KEY1", created: "2025-10-01 10:00:00" },
            { merchantOrderId: "W2", orderKey: "KEY2", created: "2025-12-20 10:00:00" }
          ], [])
          const options = { source: reference, nowMs, accountOf, sinceMs: Date.UTC(2025, 11, 1) }
          const report = yield* Effect.provide(importReference(options), layer)
          assert.deepStrictEqual(report, { imported: 1, alreadyThere: 0, older: 1, payments: 0, notImported: [] })
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
          const options = { source: reference, nowMs, accountOf, onBatch }
          const report = yield* Effect.provide(importReference(options), layer)
          assert.deepStrictEqual(seen, [200, 400, 450])
          assert.deepStrictEqual(report, { imported: 450, alreadyThere: 0, older: 0, payments: 450, notImported: [] })
        }))))
    })
  }
}

describe("a source with rows that no Django would have written", () => {
  const oddSource = Effect.map(
    Effect.tap(temporaryFile, (file) =>
      Effect.sync(() => {
        const source = new DatabaseSync(file)
        const totals = [
          "registered",
          "shopper_pending",
          "acquirer_pending",
          "acquirer_approved",
          "captured",
          "refunded"
        ]
        source.exec(
          `CREATE TABLE docdata_docdataorder (id integer PRIMARY KEY, merchant_name, merchant_order_id, order_key,
          status, language, total_gross_amount, currency, country, ${
            [...totals, "charged_back"].map((name) => `total_${name} DEFAULT 0`).join(", ")
          }, created)`
        )
        source.exec(`CREATE TABLE docdata_docdatapayment (payment_id, docdata_order_id, status, payment_method,
          confidence_level, amount_allocated, amount_debited, amount_refunded, amount_chargeback)`)
        const order = (id: string, key: string, over: Readonly<Record<string, string>> = {}): void => {
          const row = {
            merchant_name: "'shop'",
            merchant_order_id: `'W${id}'`,
            status: "'paid'",
            language: "'nl'",
            total_gross_amount: "10",
            currency: "'EUR'",
            created: "'2025-12-31 10:00:00'",
            ...over
          }
          source.exec(
            `INSERT INTO docdata_docdataorder (id, order_key, ${Object.keys(row).join(", ")})
            VALUES (${id}, ${key}, ${Object.values(row).join(", ")})`
          )
        }
        order("-3", "'NEGATIVE'")
        order("0", "'ZERO'")
        order("1", "'NULL-STATUS'", { status: "NULL" })
        order("2", "x'00ff'")
        order("3", "'NULL-LANGUAGE'", { language: "NULL" })
        order("4", "'INFINITE'", { total_gross_amount: "9e999" })
        order("5", "'NO-TIME'", { created: "'yesterday'" })
        order("6", "'NUMBER-TIME'", { created: "12345" })
        order("7", "'NUL'", { merchant_order_id: "'a' || char(0) || 'b'" })
        order("8", "'NO-MERCHANT'", { merchant_name: "x'01'" })
        order("9", "'DOUBLED'")
        order("10", "'DOUBLED'")
        order("1152921504606846976", "'HUGE'")
        const payment = (id: string, orderId: string, allocated = "10"): void =>
          source.exec(
            `INSERT INTO docdata_docdatapayment VALUES (${id}, ${orderId}, 'AUTHORIZED', 'IDEAL', 'x', ${allocated}, 0, 0, 0)`
          )
        payment("'42'", "1152921504606846976")
        payment("'0042'", "1152921504606846976")
        payment("43", "-3")
        payment("x'ff'", "0")
        payment("'44'", "77")
        payment("'45'", "NULL")
        payment("'46'", "3", "x'31'")
        source.close()
      })),
    (file) => openSqlite({ file, readOnly: true })
  ).pipe(Effect.flatten)

  const notImported: ReadonlyArray<NotImported> = [
    { what: "payment", order: "77", paymentId: "44", reason: "no-order" },
    { what: "payment", order: "", paymentId: "45", reason: "no-order" },
    { what: "payment", order: "HUGE", paymentId: "0042", reason: "payment-doubled" },
    { what: "payment", order: "ZERO", paymentId: "\ufffd", reason: "payment-id" },
    { what: "order", order: "NULL-STATUS", reason: "unknown-status" },
    { what: "order", order: "2", reason: "no-order-key" },
    { what: "order", order: "INFINITE", reason: "unreadable-amount" },
    { what: "order", order: "NO-TIME", reason: "unreadable-time" },
    { what: "order", order: "NUMBER-TIME", reason: "unreadable-time" },
    { what: "order", order: "NUL", reason: "unreadable-text" },
    { what: "order", order: "NO-MERCHANT", reason: "unknown-merchant" },
    { what: "order", order: "DOUBLED", reason: "order-key-taken" }
  ]

  for (const { layer, name } of engines()) {
    it(`is imported into ${name} row by row, or refused by name and reason, and a dry run says the same`, () =>
      Effect.runPromise(
        Effect.scoped(Effect.gen(function*() {
          const source = yield* oddSource
          yield* Effect.gen(function*() {
            const expected = { imported: 5, alreadyThere: 0, older: 0, payments: 3, notImported }
            const options = { source, nowMs, accountOf }
            assert.deepStrictEqual(yield* importReference({ ...options, dryRun: true }), expected)
            assert.deepStrictEqual(yield* importReference(options), expected)
            assert.strictEqual((yield* byKey("NULL-LANGUAGE")).order.language, "en")
            assert.deepStrictEqual((yield* byKey("HUGE")).payments.map(({ paymentId }) => paymentId), ["42"])
          }).pipe(Effect.provide(layer))
        }))
      ))
  }
})
