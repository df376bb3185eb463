/**
 * Version 4: anomalies. Of an order, or of no order, at most one of a kind and subject stands.
 */
import type { Migration } from "./Migration.ts"

export const migration0004: Migration = {
  id: 4,
  name: "anomalies",
  statements: ({ int, strict, text }) => [
    // One that concerns the whole service has the empty merchant, so that it is unique as well.
    `CREATE TABLE docdata_anomalies (
      id ${text} PRIMARY KEY,
      merchant ${text} NOT NULL,
      order_id ${text} REFERENCES docdata_orders (id),
      kind ${text} NOT NULL,
      subject ${text} NOT NULL,
      level ${text} NOT NULL CHECK (level IN ('error', 'warning')),
      data ${text} NOT NULL,
      raised_at_ms ${int} NOT NULL,
      changed_at_ms ${int} NOT NULL,
      resolved_at_ms ${int},
      acknowledged_at_ms ${int},
      acknowledged_by ${text},
      note ${text},
      CHECK ((acknowledged_at_ms IS NULL) = (acknowledged_by IS NULL)),
      CHECK (note IS NULL OR acknowledged_at_ms IS NOT NULL)
    )${strict}`,
    `CREATE UNIQUE INDEX docdata_anomalies_standing ON docdata_anomalies (order_id, kind, subject)
      WHERE order_id IS NOT NULL AND resolved_at_ms IS NULL`,
    `CREATE UNIQUE INDEX docdata_anomalies_orderless ON docdata_anomalies (merchant, kind, subject)
      WHERE order_id IS NULL AND resolved_at_ms IS NULL`,
    `CREATE INDEX docdata_anomalies_order ON docdata_anomalies (order_id, raised_at_ms, id)
      WHERE order_id IS NOT NULL`,
    `CREATE INDEX docdata_anomalies_raised ON docdata_anomalies (raised_at_ms, id)`,
    `CREATE INDEX docdata_anomalies_merchant ON docdata_anomalies (merchant, raised_at_ms, id)`,
    `CREATE INDEX docdata_anomalies_open ON docdata_anomalies (raised_at_ms, id)
      WHERE resolved_at_ms IS NULL AND acknowledged_at_ms IS NULL`
  ]
}
