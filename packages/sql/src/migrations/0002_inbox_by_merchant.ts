/**
 * Version 2: inbox items are claimed merchant by merchant. What is new goes by its first notification, what waits for its
 * time or is claimed by that time; the number is that of items that may be taken at once, `everReadyMs`.
 */
import type { Migration } from "./Migration.ts"

export const migration0002: Migration = {
  id: 2,
  name: "inbox_by_merchant",
  statements: () => [
    `DROP INDEX docdata_inbox_open`,
    `CREATE INDEX docdata_inbox_fresh ON docdata_inbox (merchant, first_received_at_ms, id)
      WHERE ready_at_ms = -9007199254740991`,
    `CREATE INDEX docdata_inbox_back ON docdata_inbox (merchant, ready_at_ms, id)
      WHERE ready_at_ms > -9007199254740991`
  ]
}
