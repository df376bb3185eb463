/**
 * The tables that Django makes for django-oscar-docdata, with rows of every kind.
 */
import type { Database } from "../../src/index.ts"
import * as Effect from "effect/Effect"
import { statement } from "../../src/Script.ts"

// As Django writes them: "decimal" on SQLite is numeric affinity, so 19.99 is kept as a binary fraction there.
const words = {
  sqlite: { key: "integer PRIMARY KEY AUTOINCREMENT", decimal: "decimal", time: "datetime" },
  postgres: { key: "serial PRIMARY KEY", decimal: "numeric(15, 2)", time: "timestamp with time zone" }
}

const totals = ["registered", "shopper_pending", "acquirer_pending", "acquirer_approved", "captured", "refunded"]

export interface LegacyOrder {
  readonly merchantOrderId: string
  readonly orderKey: string
  readonly status?: string
  readonly language?: string
  readonly country?: string | null
  readonly currency?: string
  readonly gross?: string
  readonly registered?: string
  readonly captured?: string
  /** In UTC. */
  readonly created?: string
}

export interface LegacyPayment {
  /** Number of the order, from 1 on. */
  readonly order: number
  readonly paymentId: string
  readonly allocated?: string
}

export const createReferenceTables = (
  { dialect, together }: Database["Service"],
  orders: ReadonlyArray<LegacyOrder>,
  payments: ReadonlyArray<LegacyPayment>
) => {
  const { decimal, key, time } = words[dialect.name]
  return together("test", function*() {
    yield statement(`CREATE TABLE docdata_docdataorder (id ${key}, merchant_name varchar(100) NOT NULL,
      merchant_order_id varchar(100) NOT NULL, order_key varchar(200) NOT NULL UNIQUE, status varchar(50) NOT NULL,
      language varchar(5) NOT NULL, total_gross_amount ${decimal} NOT NULL, currency varchar(10) NOT NULL,
      country varchar(2), ${totals.map((name) => `total_${name} ${decimal} NOT NULL`).join(", ")},
      total_charged_back ${decimal} NOT NULL, created ${time} NOT NULL, updated ${time} NOT NULL)`)
    yield statement(`CREATE TABLE docdata_docdatapayment (payment_id varchar(100) PRIMARY KEY,
      docdata_order_id integer NOT NULL REFERENCES docdata_docdataorder (id), status varchar(30) NOT NULL,
      payment_method varchar(60) NOT NULL, confidence_level varchar(30) NOT NULL, amount_allocated ${decimal} NOT NULL,
      amount_debited ${decimal} NOT NULL, amount_refunded ${decimal} NOT NULL, amount_chargeback ${decimal} NOT NULL)`)
    for (const order of orders) {
      const { captured = "0.00", country = "NL", currency = "EUR", gross = "33.10", registered = "0.00" } = order
      // Amounts as literals: that is how Django's decimals arrive at the column.
      yield statement(
        `INSERT INTO docdata_docdataorder (merchant_name, merchant_order_id, order_key, status, language,
          total_gross_amount, currency, country, ${
          totals.map((name) => `total_${name}`).join(", ")
        }, total_charged_back,
          created, updated)
        VALUES ('shop', ?, ?, ?, ?, ${gross}, ?, ?, ${registered}, 0, 0, 0, ${captured}, 0, 0,
          '${order.created ?? "2016-05-04 10:00:00.123456"}${
          dialect.name === "postgres" ? "+00" : ""
        }', '2016-05-04 10:00:00')`,
        order.merchantOrderId,
        order.orderKey,
        order.status ?? "paid",
        order.language ?? "nl",
        currency,
        country
      )
    }
    for (const { allocated = "33.10", order, paymentId } of payments) {
      yield statement(
        `INSERT INTO docdata_docdatapayment VALUES (?, ?, 'AUTHORIZED', 'IDEAL', 'ACQUIRER_APPROVED',
          ${allocated}, ${allocated}, 0, 0)`,
        paymentId,
        order
      )
    }
    return Effect.void
  })
}
