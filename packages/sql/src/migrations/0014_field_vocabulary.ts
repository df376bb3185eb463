/**
 * Version 14: tables, columns and stored words are those of the glossary. Where a CHECK names a state, the table is written
 * anew: SQLite changes no CHECK of a table that is there. Its rows are copied twice, so that the primary key keeps its name.
 *
 * `queue_state` is where a delivery or an inbox item is; `queue_position` is that of an open delivery among those of its
 * order: `later`, `first` or `blocked`, as version 6 says.
 */
import type { Migration, SchemaTypes } from "./Migration.ts"

const renamedColumns = [
  `ALTER TABLE docdata_orders RENAME COLUMN reference TO order_reference`,
  `ALTER TABLE docdata_orders RENAME COLUMN attempt TO order_attempt`,
  `ALTER TABLE docdata_orders RENAME COLUMN next_check_at_ms TO next_refresh_at_ms`,
  `ALTER TABLE docdata_orders RENAME COLUMN quiet_checks TO quiet_refreshes`,
  `ALTER TABLE docdata_events RENAME COLUMN news TO payload`,
  `ALTER TABLE docdata_events RENAME COLUMN place TO feed_position`,
  `ALTER TABLE docdata_delivery_attempts RENAME COLUMN consumer TO subscriber`,
  `ALTER TABLE docdata_movements RENAME TO docdata_modifications`
]

const deliveries = ({ clustered, int, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_deliveries_before AS SELECT * FROM docdata_deliveries`,
  `DROP TABLE docdata_deliveries`,
  `CREATE TABLE docdata_deliveries (
    subscriber ${text} NOT NULL,
    order_id ${text} NOT NULL,
    revision ${int} NOT NULL,
    position ${int} NOT NULL,
    occurred_at_ms ${int} NOT NULL,
    queue_state ${text} NOT NULL CHECK (queue_state IN ('waiting', 'claimed', 'delivered', 'dead-lettered')),
    ready_at_ms ${int},
    claim ${text},
    attempts ${int} NOT NULL CHECK (attempts >= 0),
    dead_lettered_at_ms ${int},
    reason ${text},
    queue_position ${text} CHECK (queue_position IN ('later', 'first', 'blocked')),
    PRIMARY KEY (subscriber, order_id, revision, position),
    FOREIGN KEY (order_id, revision, position) REFERENCES docdata_events (order_id, revision, position),
    CHECK ((queue_state IN ('waiting', 'claimed')) = (ready_at_ms IS NOT NULL)),
    CHECK ((queue_state = 'claimed') = (claim IS NOT NULL)),
    CHECK ((queue_state = 'dead-lettered') = (dead_lettered_at_ms IS NOT NULL))
  )${clustered}`,
  `INSERT INTO docdata_deliveries (subscriber, order_id, revision, position, occurred_at_ms, queue_state, ready_at_ms,
    claim, attempts, dead_lettered_at_ms, reason, queue_position)
  SELECT consumer, order_id, revision, position, occurred_at_ms,
    CASE WHEN place = 'parked' THEN 'dead-lettered' ELSE place END, ready_at_ms, claim, attempts, parked_at_ms, reason,
    CASE WHEN standing = 'behind' THEN 'blocked' ELSE standing END
  FROM docdata_deliveries_before`,
  `DROP TABLE docdata_deliveries_before`,
  `CREATE INDEX docdata_deliveries_open ON docdata_deliveries (subscriber, occurred_at_ms, order_id, revision, position)
    WHERE ready_at_ms IS NOT NULL`,
  `CREATE INDEX docdata_deliveries_dead_letters ON docdata_deliveries (subscriber, dead_lettered_at_ms)
    WHERE dead_lettered_at_ms IS NOT NULL`,
  `CREATE INDEX docdata_deliveries_delivered
    ON docdata_deliveries (subscriber, occurred_at_ms, order_id, revision, position) WHERE queue_state = 'delivered'`,
  `CREATE INDEX docdata_deliveries_later ON docdata_deliveries (subscriber, ready_at_ms, occurred_at_ms, order_id)
    WHERE queue_position = 'later'`,
  `CREATE INDEX docdata_deliveries_first ON docdata_deliveries (subscriber, occurred_at_ms, order_id)
    WHERE queue_position = 'first'`
]

const inbox = ({ int, strict, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_inbox_before AS SELECT * FROM docdata_inbox`,
  `DROP TABLE docdata_inbox`,
  `CREATE TABLE docdata_inbox (
    id ${text} PRIMARY KEY,
    merchant ${text} NOT NULL,
    order_reference ${text} NOT NULL,
    first_received_at_ms ${int} NOT NULL,
    last_received_at_ms ${int} NOT NULL,
    notification_count ${int} NOT NULL CHECK (notification_count >= 1),
    attempts ${int} NOT NULL CHECK (attempts >= 0),
    queue_state ${text} NOT NULL CHECK (queue_state IN ('waiting', 'claimed', 'dead-lettered')),
    ready_at_ms ${int},
    claim ${text},
    dead_lettered_at_ms ${int},
    reason ${text},
    traceparent ${text},
    CHECK ((queue_state = 'dead-lettered') = (ready_at_ms IS NULL)),
    CHECK ((queue_state = 'claimed') = (claim IS NOT NULL)),
    CHECK ((queue_state = 'dead-lettered') = (dead_lettered_at_ms IS NOT NULL))
  )${strict}`,
  `INSERT INTO docdata_inbox (id, merchant, order_reference, first_received_at_ms, last_received_at_ms,
    notification_count, attempts, queue_state, ready_at_ms, claim, dead_lettered_at_ms, reason, traceparent)
  SELECT id, merchant, reference, first_received_at_ms, last_received_at_ms, notification_count, attempts,
    CASE WHEN place = 'parked' THEN 'dead-lettered' ELSE place END, ready_at_ms, claim, parked_at_ms, reason, traceparent
  FROM docdata_inbox_before`,
  `DROP TABLE docdata_inbox_before`,
  `CREATE UNIQUE INDEX docdata_inbox_waiting ON docdata_inbox (merchant, order_reference) WHERE queue_state = 'waiting'`,
  `CREATE INDEX docdata_inbox_order ON docdata_inbox (merchant, order_reference) WHERE ready_at_ms IS NOT NULL`,
  `CREATE INDEX docdata_inbox_fresh ON docdata_inbox (merchant, first_received_at_ms, id)
    WHERE ready_at_ms = -9007199254740991`,
  `CREATE INDEX docdata_inbox_back ON docdata_inbox (merchant, ready_at_ms, id)
    WHERE ready_at_ms > -9007199254740991`,
  `CREATE INDEX docdata_inbox_dead_letters ON docdata_inbox (dead_lettered_at_ms, id) WHERE dead_lettered_at_ms IS NOT NULL`
]

/** Where texts of JSON changed: a column, what it held, what it holds. No other text of ours holds these characters. */
const replaced: ReadonlyArray<readonly [table: string, column: string, from: string, to: string]> = [
  ["docdata_events", "payload", `{"type":"order.created","reference":`, `{"type":"order.created","orderReference":`],
  ["docdata_events", "payload", `{"type":"movement.settled",`, `{"type":"modification.resolved",`],
  ["docdata_events", "payload", `"kind":"notification-parked"`, `"kind":"notification-dead-lettered"`],
  ["docdata_events", "payload", `"kind":"movement-unclear"`, `"kind":"modification-unclear"`],
  ["docdata_events", "payload", `"data":{"movement":`, `"data":{"modification":`],
  ["docdata_anomalies", "data", `{"movement":`, `{"modification":`],
  ["docdata_webhook_endpoints", "types", `"movement.settled"`, `"modification.resolved"`]
]

const values = [
  ...replaced.map(([table, column, from, to]) =>
    `UPDATE ${table} SET ${column} = REPLACE(${column}, '${from}', '${to}') WHERE ${column} LIKE '%${from}%'`
  ),
  `UPDATE docdata_anomalies SET kind = 'notification-dead-lettered' WHERE kind = 'notification-parked'`,
  `UPDATE docdata_anomalies SET kind = 'modification-unclear' WHERE kind = 'movement-unclear'`,
  `UPDATE docdata_observations SET observed_by = 'schedule' WHERE observed_by = 'recheck'`
]

export const migration0014: Migration = {
  id: 14,
  name: "field_vocabulary",
  statements: (types) => [...renamedColumns, ...deliveries(types), ...inbox(types), ...values]
}
