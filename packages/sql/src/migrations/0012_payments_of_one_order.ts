/**
 * Version 12: of a merchant a payment belongs to one order, whoever else commits at the same moment.
 *
 * A payment that two orders have already is left to both, without the merchant: their orders stay changeable, and each
 * look at one of them sees the other's row.
 */
import type { Migration } from "./Migration.ts"

export const migration0012: Migration = {
  id: 12,
  name: "payments_of_one_order",
  statements: ({ text }) => [
    `ALTER TABLE docdata_payments ADD COLUMN merchant ${text}`,
    `UPDATE docdata_payments SET merchant = (SELECT o.merchant FROM docdata_orders o WHERE o.id = docdata_payments.order_id)
      WHERE NOT EXISTS (SELECT 1 FROM docdata_orders o, docdata_payments p, docdata_orders other
        WHERE o.id = docdata_payments.order_id AND p.payment_id = docdata_payments.payment_id
          AND p.order_id <> o.id AND other.id = p.order_id AND other.merchant = o.merchant)`,
    `CREATE UNIQUE INDEX docdata_payments_holder ON docdata_payments (merchant, payment_id) WHERE merchant IS NOT NULL`
  ]
}
