/**
 * Version 6: a delivery that an earlier one of its order holds back stands aside, and one that waits for its time is
 * looked at again when that time has come. So a claim costs what it takes, however many deliveries are open.
 *
 * `standing` of an open delivery, absent when it is delivered or parked:
 *
 * - `later`: to be looked at when its time has come;
 * - `first`: its time has come, and it was the first open one of its order when it was looked at;
 * - `behind`: an earlier one of its order is open; whatever ends that one makes this one `later`.
 */
import type { Migration } from "./Migration.ts"

export const migration0006: Migration = {
  id: 6,
  name: "deliveries_in_line",
  statements: ({ text }) => [
    `ALTER TABLE docdata_deliveries
      ADD COLUMN standing ${text} CHECK (standing IN ('later', 'first', 'behind'))`,
    `UPDATE docdata_deliveries SET standing = 'later' WHERE ready_at_ms IS NOT NULL`,
    `CREATE INDEX docdata_deliveries_later ON docdata_deliveries (consumer, ready_at_ms, occurred_at_ms, order_id)
      WHERE standing = 'later'`,
    `CREATE INDEX docdata_deliveries_first ON docdata_deliveries (consumer, occurred_at_ms, order_id)
      WHERE standing = 'first'`
  ]
}
