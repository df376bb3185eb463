/**
 * Version 7: the place of an event in the feed, given when the feed is read. Events of before get theirs as well.
 */
import type { Migration } from "./Migration.ts"

export const migration0007: Migration = {
  id: 7,
  name: "event feed",
  statements: ({ int }) => [
    `ALTER TABLE docdata_events ADD COLUMN place ${int}`,
    `CREATE UNIQUE INDEX docdata_events_place ON docdata_events (place) WHERE place IS NOT NULL`,
    `CREATE INDEX docdata_events_unplaced ON docdata_events (occurred_at_ms, order_id, revision, position)
      WHERE place IS NULL`
  ]
}
