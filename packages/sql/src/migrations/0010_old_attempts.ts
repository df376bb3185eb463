/**
 * Version 10: attempts at deliveries are found by their age, so that old ones can go.
 */
import type { Migration } from "./Migration.ts"

export const migration0010: Migration = {
  id: 10,
  name: "old_attempts",
  statements: () => [`CREATE INDEX docdata_delivery_attempts_age ON docdata_delivery_attempts (at_ms)`]
}
