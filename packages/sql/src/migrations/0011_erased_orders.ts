/**
 * Version 11: an order whose personal data was removed is marked, so that no later look brings it back. Which orders were
 * erased before nobody wrote down: those that are still looked at want to be erased once more.
 */
import type { Migration } from "./Migration.ts"

export const migration0011: Migration = {
  id: 11,
  name: "erased_orders",
  statements: ({ int }) => [
    `ALTER TABLE docdata_orders ADD COLUMN erased ${int} NOT NULL DEFAULT 0 CHECK (erased IN (0, 1))`
  ]
}
