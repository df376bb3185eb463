/**
 * Version 3: webhook endpoints that are added while the service runs, and how each attempt to reach one went.
 *
 * The index on delivered deliveries is for their list; what waits and what is parked have theirs since version 1.
 */
import type { Migration, SchemaTypes } from "./Migration.ts"

const endpoints = ({ int, strict, text }: SchemaTypes): string =>
  `CREATE TABLE docdata_webhook_endpoints (
    id ${text} PRIMARY KEY,
    merchants ${text},
    url ${text} NOT NULL,
    types ${text},
    signature ${text} NOT NULL CHECK (signature IN ('v1', 'v1a')),
    created_at_ms ${int} NOT NULL,
    key_version ${int} NOT NULL CHECK (key_version >= 1),
    previous_key_until_ms ${int},
    disabled_because ${text} CHECK (disabled_because IN ('by-hand', 'gone', 'failing')),
    disabled_since_ms ${int},
    last_success_at_ms ${int},
    failing_since_ms ${int},
    consecutive_failures ${int} NOT NULL CHECK (consecutive_failures >= 0),
    CHECK ((disabled_because IS NULL) = (disabled_since_ms IS NULL))
  )${strict}`

const attempts = ({ clustered, int, text }: SchemaTypes): string =>
  `CREATE TABLE docdata_delivery_attempts (
    consumer ${text} NOT NULL,
    order_id ${text} NOT NULL,
    revision ${int} NOT NULL,
    position ${int} NOT NULL,
    at_ms ${int} NOT NULL,
    duration_ms ${int} NOT NULL,
    status ${int},
    fault ${text},
    PRIMARY KEY (consumer, order_id, revision, position, at_ms),
    CHECK ((status IS NULL) <> (fault IS NULL))
  )${clustered}`

export const migration0003: Migration = {
  id: 3,
  name: "webhooks",
  statements: (words) => [
    endpoints(words),
    attempts(words),
    `CREATE INDEX docdata_deliveries_delivered
      ON docdata_deliveries (consumer, occurred_at_ms, order_id, revision, position) WHERE place = 'delivered'`
  ]
}
