/**
 * Version 13: what is due of young orders has indexes of its own, so that a shopper who waits does not stand behind a
 * hundred thousand orders that were due before. The ages are those of the schedule, half an hour and a day, each with
 * the look that follows.
 */
import type { Migration } from "./Migration.ts"

export const migration0013: Migration = {
  id: 13,
  name: "due_while_young",
  statements: () => [
    `CREATE INDEX docdata_orders_due_waiting ON docdata_orders (merchant, next_check_at_ms, id)
      WHERE registration = 'confirmed' AND next_check_at_ms - created_at_ms < 1845000`,
    `CREATE INDEX docdata_orders_due_first_day ON docdata_orders (merchant, next_check_at_ms, id)
      WHERE registration = 'confirmed' AND next_check_at_ms - created_at_ms < 86640000`
  ]
}
