CREATE TABLE docdata_migrations (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT;
CREATE TABLE docdata_orders (
    id TEXT PRIMARY KEY,
    merchant TEXT NOT NULL,
    subject_merchant TEXT,
    shop_reference TEXT NOT NULL,
    reference TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    language TEXT NOT NULL,
    bill_to_country TEXT NOT NULL,
    currency TEXT NOT NULL,
    gross_minor INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt >= 1),
    registration TEXT NOT NULL CHECK (registration IN ('reserved', 'confirmed', 'abandoned')),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    order_key TEXT,
    status TEXT NOT NULL CHECK (status IN ('new', 'in_progress', 'pending', 'paid', 'paid_refunded', 'cancelled', 'charged_back', 'refunded', 'expired', 'unknown')),
    state TEXT NOT NULL,
    observed_from_ms INTEGER,
    next_check_at_ms INTEGER,
    quiet_checks INTEGER NOT NULL CHECK (quiet_checks >= 0), erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    CHECK ((registration = 'confirmed') = (order_key IS NOT NULL))
  ) STRICT;
CREATE TABLE docdata_payments (
    order_id TEXT NOT NULL REFERENCES docdata_orders (id),
    payment_id TEXT NOT NULL,
    payment_method TEXT NOT NULL,
    status TEXT NOT NULL,
    confidence_level TEXT NOT NULL,
    currency TEXT,
    allocated_minor INTEGER NOT NULL,
    debited_minor INTEGER NOT NULL,
    refunded_minor INTEGER NOT NULL,
    charged_back_minor INTEGER NOT NULL,
    reversed_minor INTEGER NOT NULL, merchant TEXT,
    PRIMARY KEY (order_id, payment_id)
  ) WITHOUT ROWID, STRICT;
CREATE TABLE docdata_observations (
    order_id TEXT NOT NULL REFERENCES docdata_orders (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    observed_by TEXT NOT NULL,
    asked_at_ms INTEGER NOT NULL,
    answered_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    request_text TEXT,
    reply_text TEXT,
    PRIMARY KEY (order_id, revision)
  ) STRICT;
CREATE TABLE docdata_events (
    order_id TEXT NOT NULL REFERENCES docdata_orders (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    position INTEGER NOT NULL CHECK (position >= 0),
    occurred_at_ms INTEGER NOT NULL,
    news TEXT NOT NULL, traceparent TEXT, place INTEGER,
    PRIMARY KEY (order_id, revision, position)
  ) WITHOUT ROWID, STRICT;
CREATE TABLE docdata_deliveries (
    consumer TEXT NOT NULL,
    order_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    occurred_at_ms INTEGER NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('waiting', 'claimed', 'delivered', 'parked')),
    ready_at_ms INTEGER,
    claim TEXT,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    parked_at_ms INTEGER,
    reason TEXT, standing TEXT CHECK (standing IN ('later', 'first', 'behind')),
    PRIMARY KEY (consumer, order_id, revision, position),
    FOREIGN KEY (order_id, revision, position) REFERENCES docdata_events (order_id, revision, position),
    CHECK ((place IN ('waiting', 'claimed')) = (ready_at_ms IS NOT NULL)),
    CHECK ((place = 'claimed') = (claim IS NOT NULL)),
    CHECK ((place = 'parked') = (parked_at_ms IS NOT NULL))
  ) WITHOUT ROWID, STRICT;
CREATE TABLE docdata_movements (
    order_id TEXT NOT NULL REFERENCES docdata_orders (id),
    kind TEXT NOT NULL CHECK (kind IN ('capture', 'refund')),
    reference TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('intended', 'filed', 'unclear', 'confirmed', 'failed')),
    requested_at_ms INTEGER NOT NULL,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (order_id, kind, reference)
  ) WITHOUT ROWID, STRICT;
CREATE TABLE docdata_periods (
    merchant TEXT NOT NULL,
    series TEXT NOT NULL,
    period TEXT NOT NULL,
    order_id TEXT NOT NULL,
    PRIMARY KEY (merchant, series, period)
  ) WITHOUT ROWID, STRICT;
CREATE TABLE docdata_inbox (
    id TEXT PRIMARY KEY,
    merchant TEXT NOT NULL,
    reference TEXT NOT NULL,
    first_received_at_ms INTEGER NOT NULL,
    last_received_at_ms INTEGER NOT NULL,
    notification_count INTEGER NOT NULL CHECK (notification_count >= 1),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    place TEXT NOT NULL CHECK (place IN ('waiting', 'claimed', 'parked')),
    ready_at_ms INTEGER,
    claim TEXT,
    parked_at_ms INTEGER,
    reason TEXT, traceparent TEXT,
    CHECK ((place = 'parked') = (ready_at_ms IS NULL)),
    CHECK ((place = 'claimed') = (claim IS NOT NULL)),
    CHECK ((place = 'parked') = (parked_at_ms IS NOT NULL))
  ) STRICT;
CREATE TABLE docdata_webhook_endpoints (
    id TEXT PRIMARY KEY,
    merchants TEXT,
    url TEXT NOT NULL,
    types TEXT,
    signature TEXT NOT NULL CHECK (signature IN ('v1', 'v1a')),
    created_at_ms INTEGER NOT NULL,
    key_version INTEGER NOT NULL CHECK (key_version >= 1),
    previous_key_until_ms INTEGER,
    disabled_because TEXT CHECK (disabled_because IN ('by-hand', 'gone', 'failing')),
    disabled_since_ms INTEGER,
    last_success_at_ms INTEGER,
    failing_since_ms INTEGER,
    consecutive_failures INTEGER NOT NULL CHECK (consecutive_failures >= 0),
    CHECK ((disabled_because IS NULL) = (disabled_since_ms IS NULL))
  ) STRICT;
CREATE TABLE docdata_delivery_attempts (
    consumer TEXT NOT NULL,
    order_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    status INTEGER,
    fault TEXT,
    PRIMARY KEY (consumer, order_id, revision, position, at_ms),
    CHECK ((status IS NULL) <> (fault IS NULL))
  ) WITHOUT ROWID, STRICT;
CREATE TABLE docdata_anomalies (
      id TEXT PRIMARY KEY,
      merchant TEXT NOT NULL,
      order_id TEXT REFERENCES docdata_orders (id),
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      level TEXT NOT NULL CHECK (level IN ('error', 'warning')),
      data TEXT NOT NULL,
      raised_at_ms INTEGER NOT NULL,
      changed_at_ms INTEGER NOT NULL,
      resolved_at_ms INTEGER,
      acknowledged_at_ms INTEGER,
      acknowledged_by TEXT,
      note TEXT,
      CHECK ((acknowledged_at_ms IS NULL) = (acknowledged_by IS NULL)),
      CHECK (note IS NULL OR acknowledged_at_ms IS NOT NULL)
    ) STRICT;
CREATE UNIQUE INDEX docdata_orders_idempotency_key ON docdata_orders (merchant, idempotency_key);
CREATE UNIQUE INDEX docdata_orders_reference ON docdata_orders (merchant, reference);
CREATE UNIQUE INDEX docdata_orders_order_key ON docdata_orders (merchant, order_key) WHERE order_key IS NOT NULL;
CREATE UNIQUE INDEX docdata_orders_attempt ON docdata_orders (shop_reference, merchant, attempt);
CREATE INDEX docdata_orders_status ON docdata_orders (status, created_at_ms, id);
CREATE INDEX docdata_orders_merchant_status ON docdata_orders (merchant, status, created_at_ms, id);
CREATE INDEX docdata_orders_due ON docdata_orders (merchant, next_check_at_ms, id)
    WHERE registration = 'confirmed' AND next_check_at_ms IS NOT NULL;
CREATE INDEX docdata_orders_reserved ON docdata_orders (created_at_ms, id) WHERE registration = 'reserved';
CREATE INDEX docdata_payments_payment_id ON docdata_payments (payment_id);
CREATE INDEX docdata_observations_texts ON docdata_observations (answered_at_ms)
    WHERE request_text <> '' OR reply_text <> '';
CREATE INDEX docdata_deliveries_open ON docdata_deliveries (consumer, occurred_at_ms, order_id, revision, position)
    WHERE ready_at_ms IS NOT NULL;
CREATE INDEX docdata_deliveries_parked ON docdata_deliveries (consumer, parked_at_ms)
    WHERE parked_at_ms IS NOT NULL;
CREATE UNIQUE INDEX docdata_inbox_waiting ON docdata_inbox (merchant, reference) WHERE place = 'waiting';
CREATE INDEX docdata_inbox_order ON docdata_inbox (merchant, reference) WHERE ready_at_ms IS NOT NULL;
CREATE INDEX docdata_inbox_parked ON docdata_inbox (parked_at_ms, id) WHERE parked_at_ms IS NOT NULL;
CREATE INDEX docdata_inbox_fresh ON docdata_inbox (merchant, first_received_at_ms, id)
      WHERE ready_at_ms = -9007199254740991;
CREATE INDEX docdata_inbox_back ON docdata_inbox (merchant, ready_at_ms, id)
      WHERE ready_at_ms > -9007199254740991;
CREATE INDEX docdata_deliveries_delivered
      ON docdata_deliveries (consumer, occurred_at_ms, order_id, revision, position) WHERE place = 'delivered';
CREATE UNIQUE INDEX docdata_anomalies_standing ON docdata_anomalies (order_id, kind, subject)
      WHERE order_id IS NOT NULL AND resolved_at_ms IS NULL;
CREATE UNIQUE INDEX docdata_anomalies_orderless ON docdata_anomalies (merchant, kind, subject)
      WHERE order_id IS NULL AND resolved_at_ms IS NULL;
CREATE INDEX docdata_anomalies_order ON docdata_anomalies (order_id, raised_at_ms, id)
      WHERE order_id IS NOT NULL;
CREATE INDEX docdata_anomalies_raised ON docdata_anomalies (raised_at_ms, id);
CREATE INDEX docdata_anomalies_merchant ON docdata_anomalies (merchant, raised_at_ms, id);
CREATE INDEX docdata_anomalies_open ON docdata_anomalies (raised_at_ms, id)
      WHERE resolved_at_ms IS NULL AND acknowledged_at_ms IS NULL;
CREATE INDEX docdata_deliveries_later ON docdata_deliveries (consumer, ready_at_ms, occurred_at_ms, order_id)
      WHERE standing = 'later';
CREATE INDEX docdata_deliveries_first ON docdata_deliveries (consumer, occurred_at_ms, order_id)
      WHERE standing = 'first';
CREATE UNIQUE INDEX docdata_events_place ON docdata_events (place) WHERE place IS NOT NULL;
CREATE INDEX docdata_events_unplaced ON docdata_events (occurred_at_ms, order_id, revision, position)
      WHERE place IS NULL;
CREATE INDEX docdata_delivery_attempts_age ON docdata_delivery_attempts (at_ms);
CREATE UNIQUE INDEX docdata_payments_holder ON docdata_payments (merchant, payment_id) WHERE merchant IS NOT NULL;
CREATE INDEX docdata_orders_due_waiting ON docdata_orders (merchant, next_check_at_ms, id)
      WHERE registration = 'confirmed' AND next_check_at_ms - created_at_ms < 1845000;
CREATE INDEX docdata_orders_due_first_day ON docdata_orders (merchant, next_check_at_ms, id)
      WHERE registration = 'confirmed' AND next_check_at_ms - created_at_ms < 86640000;
