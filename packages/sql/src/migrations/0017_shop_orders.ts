/**
 * Version 17: the shop's orders, a row for each of their changes. Those that changed before have none: their first change
 * starts from the orders as they are stored. Nobody changes a row, so that of two changes at once the key lets one through.
 */
import type { Migration } from "./Migration.ts"

export const migration0017: Migration = {
  id: 17,
  name: "shop_orders",
  statements: ({ clustered, int, text }) => [
    `CREATE TABLE docdata_shop_orders (
      merchant ${text} NOT NULL,
      shop_reference ${text} NOT NULL,
      revision ${int} NOT NULL CHECK (revision >= 1),
      attempts ${text} NOT NULL,
      shop_status ${text},
      PRIMARY KEY (merchant, shop_reference, revision)
    )${clustered}`
  ]
}
