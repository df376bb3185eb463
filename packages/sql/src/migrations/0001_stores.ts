/**
 * Version 1: orders with payments, observations, events, deliveries and movements; periods; the inbox.
 *
 * Indexes serve what is asked: every list of the ports has one that gives its rows in order. There is no index per
 * merchant alone or on creation alone: such a list is the union over the ten statuses, so that a commit has fewer to
 * keep up.
 *
 * `ready_at_ms` of deliveries and inbox items is from when on somebody may claim them: for what waits the time it
 * waits for, for what is claimed the end of the claim. It is absent when nobody may.
 */
import type { Migration, SchemaTypes } from "./Migration.ts"

const statuses = "'new', 'in_progress', 'pending', 'paid', 'paid_refunded', 'cancelled', 'charged_back', 'refunded', " +
  "'expired', 'unknown'"

const orders = ({ int, strict, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_orders (
    id ${text} PRIMARY KEY,
    merchant ${text} NOT NULL,
    subject_merchant ${text},
    shop_reference ${text} NOT NULL,
    reference ${text} NOT NULL,
    idempotency_key ${text} NOT NULL,
    fingerprint ${text} NOT NULL,
    language ${text} NOT NULL,
    bill_to_country ${text} NOT NULL,
    currency ${text} NOT NULL,
    gross_minor ${int} NOT NULL,
    created_at_ms ${int} NOT NULL,
    attempt ${int} NOT NULL CHECK (attempt >= 1),
    registration ${text} NOT NULL CHECK (registration IN ('reserved', 'confirmed', 'abandoned')),
    revision ${int} NOT NULL CHECK (revision >= 0),
    order_key ${text},
    status ${text} NOT NULL CHECK (status IN (${statuses})),
    state ${text} NOT NULL,
    observed_from_ms ${int},
    next_check_at_ms ${int},
    quiet_checks ${int} NOT NULL CHECK (quiet_checks >= 0),
    CHECK ((registration = 'confirmed') = (order_key IS NOT NULL))
  )${strict}`,
  `CREATE UNIQUE INDEX docdata_orders_idempotency_key ON docdata_orders (merchant, idempotency_key)`,
  `CREATE UNIQUE INDEX docdata_orders_reference ON docdata_orders (merchant, reference)`,
  `CREATE UNIQUE INDEX docdata_orders_order_key ON docdata_orders (merchant, order_key) WHERE order_key IS NOT NULL`,
  `CREATE UNIQUE INDEX docdata_orders_attempt ON docdata_orders (shop_reference, merchant, attempt)`,
  `CREATE INDEX docdata_orders_status ON docdata_orders (status, created_at_ms, id)`,
  `CREATE INDEX docdata_orders_merchant_status ON docdata_orders (merchant, status, created_at_ms, id)`,
  `CREATE INDEX docdata_orders_due ON docdata_orders (merchant, next_check_at_ms, id)
    WHERE registration = 'confirmed' AND next_check_at_ms IS NOT NULL`,
  `CREATE INDEX docdata_orders_reserved ON docdata_orders (created_at_ms, id) WHERE registration = 'reserved'`
]

const payments = ({ clustered, int, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_payments (
    order_id ${text} NOT NULL REFERENCES docdata_orders (id),
    payment_id ${text} NOT NULL,
    payment_method ${text} NOT NULL,
    status ${text} NOT NULL,
    confidence_level ${text} NOT NULL,
    currency ${text},
    allocated_minor ${int} NOT NULL,
    debited_minor ${int} NOT NULL,
    refunded_minor ${int} NOT NULL,
    charged_back_minor ${int} NOT NULL,
    reversed_minor ${int} NOT NULL,
    PRIMARY KEY (order_id, payment_id)
  )${clustered}`,
  `CREATE INDEX docdata_payments_payment_id ON docdata_payments (payment_id)`
]

const observations = ({ int, strict, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_observations (
    order_id ${text} NOT NULL REFERENCES docdata_orders (id),
    revision ${int} NOT NULL CHECK (revision >= 1),
    observed_by ${text} NOT NULL,
    asked_at_ms ${int} NOT NULL,
    answered_at_ms ${int} NOT NULL,
    body ${text} NOT NULL,
    request_text ${text},
    reply_text ${text},
    PRIMARY KEY (order_id, revision)
  )${strict}`,
  `CREATE INDEX docdata_observations_texts ON docdata_observations (answered_at_ms)
    WHERE request_text <> '' OR reply_text <> ''`
]

const events = ({ clustered, int, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_events (
    order_id ${text} NOT NULL REFERENCES docdata_orders (id),
    revision ${int} NOT NULL CHECK (revision >= 1),
    position ${int} NOT NULL CHECK (position >= 0),
    occurred_at_ms ${int} NOT NULL,
    news ${text} NOT NULL,
    PRIMARY KEY (order_id, revision, position)
  )${clustered}`
]

const deliveries = ({ clustered, int, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_deliveries (
    consumer ${text} NOT NULL,
    order_id ${text} NOT NULL,
    revision ${int} NOT NULL,
    position ${int} NOT NULL,
    occurred_at_ms ${int} NOT NULL,
    place ${text} NOT NULL CHECK (place IN ('waiting', 'claimed', 'delivered', 'parked')),
    ready_at_ms ${int},
    claim ${text},
    attempts ${int} NOT NULL CHECK (attempts >= 0),
    parked_at_ms ${int},
    reason ${text},
    PRIMARY KEY (consumer, order_id, revision, position),
    FOREIGN KEY (order_id, revision, position) REFERENCES docdata_events (order_id, revision, position),
    CHECK ((place IN ('waiting', 'claimed')) = (ready_at_ms IS NOT NULL)),
    CHECK ((place = 'claimed') = (claim IS NOT NULL)),
    CHECK ((place = 'parked') = (parked_at_ms IS NOT NULL))
  )${clustered}`,
  `CREATE INDEX docdata_deliveries_open ON docdata_deliveries (consumer, occurred_at_ms, order_id, revision, position)
    WHERE ready_at_ms IS NOT NULL`,
  `CREATE INDEX docdata_deliveries_parked ON docdata_deliveries (consumer, parked_at_ms)
    WHERE parked_at_ms IS NOT NULL`
]

const modifications = ({ clustered, int, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_movements (
    order_id ${text} NOT NULL REFERENCES docdata_orders (id),
    kind ${text} NOT NULL CHECK (kind IN ('capture', 'refund')),
    reference ${text} NOT NULL,
    payment_id ${text} NOT NULL,
    amount_minor ${int} NOT NULL,
    currency ${text} NOT NULL,
    state ${text} NOT NULL CHECK (state IN ('intended', 'filed', 'unclear', 'confirmed', 'failed')),
    requested_at_ms ${int} NOT NULL,
    changed_at_ms ${int} NOT NULL,
    PRIMARY KEY (order_id, kind, reference)
  )${clustered}`
]

const periods = ({ clustered, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_periods (
    merchant ${text} NOT NULL,
    series ${text} NOT NULL,
    period ${text} NOT NULL,
    order_id ${text} NOT NULL,
    PRIMARY KEY (merchant, series, period)
  )${clustered}`
]

const inbox = ({ int, strict, text }: SchemaTypes): ReadonlyArray<string> => [
  `CREATE TABLE docdata_inbox (
    id ${text} PRIMARY KEY,
    merchant ${text} NOT NULL,
    reference ${text} NOT NULL,
    first_received_at_ms ${int} NOT NULL,
    last_received_at_ms ${int} NOT NULL,
    notification_count ${int} NOT NULL CHECK (notification_count >= 1),
    attempts ${int} NOT NULL CHECK (attempts >= 0),
    place ${text} NOT NULL CHECK (place IN ('waiting', 'claimed', 'parked')),
    ready_at_ms ${int},
    claim ${text},
    parked_at_ms ${int},
    reason ${text},
    CHECK ((place = 'parked') = (ready_at_ms IS NULL)),
    CHECK ((place = 'claimed') = (claim IS NOT NULL)),
    CHECK ((place = 'parked') = (parked_at_ms IS NOT NULL))
  )${strict}`,
  `CREATE UNIQUE INDEX docdata_inbox_waiting ON docdata_inbox (merchant, reference) WHERE place = 'waiting'`,
  `CREATE INDEX docdata_inbox_order ON docdata_inbox (merchant, reference) WHERE ready_at_ms IS NOT NULL`,
  `CREATE INDEX docdata_inbox_open ON docdata_inbox (first_received_at_ms, id) WHERE ready_at_ms IS NOT NULL`,
  `CREATE INDEX docdata_inbox_parked ON docdata_inbox (parked_at_ms, id) WHERE parked_at_ms IS NOT NULL`
]

const tables = [orders, payments, observations, events, deliveries, modifications, periods, inbox]

export const migration0001: Migration = {
  id: 1,
  name: "stores",
  statements: (words) => tables.flatMap((statements) => statements(words))
}
