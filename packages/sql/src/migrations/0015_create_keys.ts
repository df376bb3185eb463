/**
 * Version 15: an abandoned order gives its idempotency key back, says why it was abandoned, and a reservation has a lease.
 * Reservations of before have none that lasts: whoever made them is gone.
 */
import type { Migration } from "./Migration.ts"

export const migration0015: Migration = {
  id: 15,
  name: "create_keys",
  statements: ({ int, text }) => [
    `ALTER TABLE docdata_orders ADD COLUMN lease_until_ms ${int} NOT NULL DEFAULT 0`,
    `ALTER TABLE docdata_orders ADD COLUMN abandoned_because ${text}`,
    `ALTER TABLE docdata_orders ADD COLUMN key_released ${int} NOT NULL DEFAULT 0`,
    "UPDATE docdata_orders SET key_released = 1 WHERE registration = 'abandoned'",
    "DROP INDEX docdata_orders_idempotency_key",
    `CREATE UNIQUE INDEX docdata_orders_idempotency_key ON docdata_orders (merchant, idempotency_key)
      WHERE key_released = 0`,
    "CREATE INDEX docdata_orders_abandoned ON docdata_orders (id) WHERE registration = 'abandoned'"
  ]
}
