CREATE TABLE docdata_migrations (
  id bigint NOT NULL,
  name text NOT NULL,
  applied_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE docdata_orders (
  id text COLLATE "C" NOT NULL,
  merchant text COLLATE "C" NOT NULL,
  subject_merchant text COLLATE "C",
  shop_reference text COLLATE "C" NOT NULL,
  reference text COLLATE "C" NOT NULL,
  idempotency_key text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  language text COLLATE "C" NOT NULL,
  bill_to_country text COLLATE "C" NOT NULL,
  currency text COLLATE "C" NOT NULL,
  gross_minor bigint NOT NULL,
  created_at_ms bigint NOT NULL,
  attempt bigint NOT NULL,
  registration text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  order_key text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  observed_from_ms bigint,
  next_check_at_ms bigint,
  quiet_checks bigint NOT NULL,
  erased bigint DEFAULT 0 NOT NULL
);
CREATE TABLE docdata_payments (
  order_id text COLLATE "C" NOT NULL,
  payment_id text COLLATE "C" NOT NULL,
  payment_method text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  confidence_level text COLLATE "C" NOT NULL,
  currency text COLLATE "C",
  allocated_minor bigint NOT NULL,
  debited_minor bigint NOT NULL,
  refunded_minor bigint NOT NULL,
  charged_back_minor bigint NOT NULL,
  reversed_minor bigint NOT NULL,
  merchant text COLLATE "C"
);
CREATE TABLE docdata_observations (
  order_id text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  observed_by text COLLATE "C" NOT NULL,
  asked_at_ms bigint NOT NULL,
  answered_at_ms bigint NOT NULL,
  body text COLLATE "C" NOT NULL,
  request_text text COLLATE "C",
  reply_text text COLLATE "C"
);
CREATE TABLE docdata_events (
  order_id text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  position bigint NOT NULL,
  occurred_at_ms bigint NOT NULL,
  news text COLLATE "C" NOT NULL,
  traceparent text COLLATE "C",
  place bigint
);
CREATE TABLE docdata_deliveries (
  consumer text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  position bigint NOT NULL,
  occurred_at_ms bigint NOT NULL,
  place text COLLATE "C" NOT NULL,
  ready_at_ms bigint,
  claim text COLLATE "C",
  attempts bigint NOT NULL,
  parked_at_ms bigint,
  reason text COLLATE "C",
  standing text COLLATE "C"
);
CREATE TABLE docdata_movements (
  order_id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  reference text COLLATE "C" NOT NULL,
  payment_id text COLLATE "C" NOT NULL,
  amount_minor bigint NOT NULL,
  currency text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  requested_at_ms bigint NOT NULL,
  changed_at_ms bigint NOT NULL
);
CREATE TABLE docdata_periods (
  merchant text COLLATE "C" NOT NULL,
  series text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL
);
CREATE TABLE docdata_inbox (
  id text COLLATE "C" NOT NULL,
  merchant text COLLATE "C" NOT NULL,
  reference text COLLATE "C" NOT NULL,
  first_received_at_ms bigint NOT NULL,
  last_received_at_ms bigint NOT NULL,
  notification_count bigint NOT NULL,
  attempts bigint NOT NULL,
  place text COLLATE "C" NOT NULL,
  ready_at_ms bigint,
  claim text COLLATE "C",
  parked_at_ms bigint,
  reason text COLLATE "C",
  traceparent text COLLATE "C"
);
CREATE TABLE docdata_webhook_endpoints (
  id text COLLATE "C" NOT NULL,
  merchants text COLLATE "C",
  url text COLLATE "C" NOT NULL,
  types text COLLATE "C",
  signature text COLLATE "C" NOT NULL,
  created_at_ms bigint NOT NULL,
  key_version bigint NOT NULL,
  previous_key_until_ms bigint,
  disabled_because text COLLATE "C",
  disabled_since_ms bigint,
  last_success_at_ms bigint,
  failing_since_ms bigint,
  consecutive_failures bigint NOT NULL
);
CREATE TABLE docdata_delivery_attempts (
  consumer text COLLATE "C" NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  position bigint NOT NULL,
  at_ms bigint NOT NULL,
  duration_ms bigint NOT NULL,
  status bigint,
  fault text COLLATE "C"
);
CREATE TABLE docdata_anomalies (
  id text COLLATE "C" NOT NULL,
  merchant text COLLATE "C" NOT NULL,
  order_id text COLLATE "C",
  kind text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  level text COLLATE "C" NOT NULL,
  data text COLLATE "C" NOT NULL,
  raised_at_ms bigint NOT NULL,
  changed_at_ms bigint NOT NULL,
  resolved_at_ms bigint,
  acknowledged_at_ms bigint,
  acknowledged_by text COLLATE "C",
  note text COLLATE "C"
);
ALTER TABLE docdata_migrations ADD CONSTRAINT docdata_migrations_pkey PRIMARY KEY (id);
ALTER TABLE docdata_orders ADD CONSTRAINT docdata_orders_attempt_check CHECK ((attempt >= 1));
ALTER TABLE docdata_orders ADD CONSTRAINT docdata_orders_check CHECK (((registration = 'confirmed'::text) = (order_key IS NOT NULL)));
ALTER TABLE docdata_orders ADD CONSTRAINT docdata_orders_erased_check CHECK ((erased = ANY (ARRAY[(0)::bigint, (1)::bigint])));
ALTER TABLE docdata_orders ADD CONSTRAINT docdata_orders_pkey PRIMARY KEY (id);
ALTER TABLE docdata_orders ADD CONSTRAINT docdata_orders_quiet_checks_check CHECK ((quiet_checks >= 0));
ALTER TABLE docdata_orders ADD CONSTRAINT docdata_orders_registration_check CHECK ((registration = ANY (ARRAY['reserved'::text, 'confirmed'::text, 'abandoned'::text])));
ALTER TABLE docdata_orders ADD CONSTRAINT docdata_orders_revision_check CHECK ((revision >= 0));
ALTER TABLE docdata_orders ADD CONSTRAINT docdata_orders_status_check CHECK ((status = ANY (ARRAY['new'::text, 'in_progress'::text, 'pending'::text, 'paid'::text, 'paid_refunded'::text, 'cancelled'::text, 'charged_back'::text, 'refunded'::text, 'expired'::text, 'unknown'::text])));
CREATE INDEX docdata_orders_due ON docdata_orders USING btree (merchant, next_check_at_ms, id) WHERE ((registration = 'confirmed'::text) AND (next_check_at_ms IS NOT NULL));
CREATE INDEX docdata_orders_due_first_day ON docdata_orders USING btree (merchant, next_check_at_ms, id) WHERE ((registration = 'confirmed'::text) AND ((next_check_at_ms - created_at_ms) < 86640000));
CREATE INDEX docdata_orders_due_waiting ON docdata_orders USING btree (merchant, next_check_at_ms, id) WHERE ((registration = 'confirmed'::text) AND ((next_check_at_ms - created_at_ms) < 1845000));
CREATE INDEX docdata_orders_merchant_status ON docdata_orders USING btree (merchant, status, created_at_ms, id);
CREATE INDEX docdata_orders_reserved ON docdata_orders USING btree (created_at_ms, id) WHERE (registration = 'reserved'::text);
CREATE INDEX docdata_orders_status ON docdata_orders USING btree (status, created_at_ms, id);
CREATE UNIQUE INDEX docdata_orders_attempt ON docdata_orders USING btree (shop_reference, merchant, attempt);
CREATE UNIQUE INDEX docdata_orders_idempotency_key ON docdata_orders USING btree (merchant, idempotency_key);
CREATE UNIQUE INDEX docdata_orders_order_key ON docdata_orders USING btree (merchant, order_key) WHERE (order_key IS NOT NULL);
CREATE UNIQUE INDEX docdata_orders_reference ON docdata_orders USING btree (merchant, reference);
ALTER TABLE docdata_payments ADD CONSTRAINT docdata_payments_pkey PRIMARY KEY (order_id, payment_id);
CREATE INDEX docdata_payments_payment_id ON docdata_payments USING btree (payment_id);
CREATE UNIQUE INDEX docdata_payments_holder ON docdata_payments USING btree (merchant, payment_id) WHERE (merchant IS NOT NULL);
ALTER TABLE docdata_observations ADD CONSTRAINT docdata_observations_pkey PRIMARY KEY (order_id, revision);
ALTER TABLE docdata_observations ADD CONSTRAINT docdata_observations_revision_check CHECK ((revision >= 1));
CREATE INDEX docdata_observations_texts ON docdata_observations USING btree (answered_at_ms) WHERE ((request_text <> ''::text) OR (reply_text <> ''::text));
ALTER TABLE docdata_events ADD CONSTRAINT docdata_events_pkey PRIMARY KEY (order_id, revision, "position");
ALTER TABLE docdata_events ADD CONSTRAINT docdata_events_position_check CHECK (("position" >= 0));
ALTER TABLE docdata_events ADD CONSTRAINT docdata_events_revision_check CHECK ((revision >= 1));
CREATE INDEX docdata_events_unplaced ON docdata_events USING btree (occurred_at_ms, order_id, revision, "position") WHERE (place IS NULL);
CREATE UNIQUE INDEX docdata_events_place ON docdata_events USING btree (place) WHERE (place IS NOT NULL);
ALTER TABLE docdata_deliveries ADD CONSTRAINT docdata_deliveries_attempts_check CHECK ((attempts >= 0));
ALTER TABLE docdata_deliveries ADD CONSTRAINT docdata_deliveries_check CHECK (((place = ANY (ARRAY['waiting'::text, 'claimed'::text])) = (ready_at_ms IS NOT NULL)));
ALTER TABLE docdata_deliveries ADD CONSTRAINT docdata_deliveries_check1 CHECK (((place = 'claimed'::text) = (claim IS NOT NULL)));
ALTER TABLE docdata_deliveries ADD CONSTRAINT docdata_deliveries_check2 CHECK (((place = 'parked'::text) = (parked_at_ms IS NOT NULL)));
ALTER TABLE docdata_deliveries ADD CONSTRAINT docdata_deliveries_pkey PRIMARY KEY (consumer, order_id, revision, "position");
ALTER TABLE docdata_deliveries ADD CONSTRAINT docdata_deliveries_place_check CHECK ((place = ANY (ARRAY['waiting'::text, 'claimed'::text, 'delivered'::text, 'parked'::text])));
ALTER TABLE docdata_deliveries ADD CONSTRAINT docdata_deliveries_standing_check CHECK ((standing = ANY (ARRAY['later'::text, 'first'::text, 'behind'::text])));
CREATE INDEX docdata_deliveries_delivered ON docdata_deliveries USING btree (consumer, occurred_at_ms, order_id, revision, "position") WHERE (place = 'delivered'::text);
CREATE INDEX docdata_deliveries_first ON docdata_deliveries USING btree (consumer, occurred_at_ms, order_id) WHERE (standing = 'first'::text);
CREATE INDEX docdata_deliveries_later ON docdata_deliveries USING btree (consumer, ready_at_ms, occurred_at_ms, order_id) WHERE (standing = 'later'::text);
CREATE INDEX docdata_deliveries_open ON docdata_deliveries USING btree (consumer, occurred_at_ms, order_id, revision, "position") WHERE (ready_at_ms IS NOT NULL);
CREATE INDEX docdata_deliveries_parked ON docdata_deliveries USING btree (consumer, parked_at_ms) WHERE (parked_at_ms IS NOT NULL);
ALTER TABLE docdata_movements ADD CONSTRAINT docdata_movements_kind_check CHECK ((kind = ANY (ARRAY['capture'::text, 'refund'::text])));
ALTER TABLE docdata_movements ADD CONSTRAINT docdata_movements_pkey PRIMARY KEY (order_id, kind, reference);
ALTER TABLE docdata_movements ADD CONSTRAINT docdata_movements_state_check CHECK ((state = ANY (ARRAY['intended'::text, 'filed'::text, 'unclear'::text, 'confirmed'::text, 'failed'::text])));
ALTER TABLE docdata_periods ADD CONSTRAINT docdata_periods_pkey PRIMARY KEY (merchant, series, period);
ALTER TABLE docdata_inbox ADD CONSTRAINT docdata_inbox_attempts_check CHECK ((attempts >= 0));
ALTER TABLE docdata_inbox ADD CONSTRAINT docdata_inbox_check CHECK (((place = 'parked'::text) = (ready_at_ms IS NULL)));
ALTER TABLE docdata_inbox ADD CONSTRAINT docdata_inbox_check1 CHECK (((place = 'claimed'::text) = (claim IS NOT NULL)));
ALTER TABLE docdata_inbox ADD CONSTRAINT docdata_inbox_check2 CHECK (((place = 'parked'::text) = (parked_at_ms IS NOT NULL)));
ALTER TABLE docdata_inbox ADD CONSTRAINT docdata_inbox_notification_count_check CHECK ((notification_count >= 1));
ALTER TABLE docdata_inbox ADD CONSTRAINT docdata_inbox_pkey PRIMARY KEY (id);
ALTER TABLE docdata_inbox ADD CONSTRAINT docdata_inbox_place_check CHECK ((place = ANY (ARRAY['waiting'::text, 'claimed'::text, 'parked'::text])));
CREATE INDEX docdata_inbox_back ON docdata_inbox USING btree (merchant, ready_at_ms, id) WHERE (ready_at_ms > '-9007199254740991'::bigint);
CREATE INDEX docdata_inbox_fresh ON docdata_inbox USING btree (merchant, first_received_at_ms, id) WHERE (ready_at_ms = '-9007199254740991'::bigint);
CREATE INDEX docdata_inbox_order ON docdata_inbox USING btree (merchant, reference) WHERE (ready_at_ms IS NOT NULL);
CREATE INDEX docdata_inbox_parked ON docdata_inbox USING btree (parked_at_ms, id) WHERE (parked_at_ms IS NOT NULL);
CREATE UNIQUE INDEX docdata_inbox_waiting ON docdata_inbox USING btree (merchant, reference) WHERE (place = 'waiting'::text);
ALTER TABLE docdata_webhook_endpoints ADD CONSTRAINT docdata_webhook_endpoints_check CHECK (((disabled_because IS NULL) = (disabled_since_ms IS NULL)));
ALTER TABLE docdata_webhook_endpoints ADD CONSTRAINT docdata_webhook_endpoints_consecutive_failures_check CHECK ((consecutive_failures >= 0));
ALTER TABLE docdata_webhook_endpoints ADD CONSTRAINT docdata_webhook_endpoints_disabled_because_check CHECK ((disabled_because = ANY (ARRAY['by-hand'::text, 'gone'::text, 'failing'::text])));
ALTER TABLE docdata_webhook_endpoints ADD CONSTRAINT docdata_webhook_endpoints_key_version_check CHECK ((key_version >= 1));
ALTER TABLE docdata_webhook_endpoints ADD CONSTRAINT docdata_webhook_endpoints_pkey PRIMARY KEY (id);
ALTER TABLE docdata_webhook_endpoints ADD CONSTRAINT docdata_webhook_endpoints_signature_check CHECK ((signature = ANY (ARRAY['v1'::text, 'v1a'::text])));
ALTER TABLE docdata_delivery_attempts ADD CONSTRAINT docdata_delivery_attempts_check CHECK (((status IS NULL) <> (fault IS NULL)));
ALTER TABLE docdata_delivery_attempts ADD CONSTRAINT docdata_delivery_attempts_pkey PRIMARY KEY (consumer, order_id, revision, "position", at_ms);
CREATE INDEX docdata_delivery_attempts_age ON docdata_delivery_attempts USING btree (at_ms);
ALTER TABLE docdata_anomalies ADD CONSTRAINT docdata_anomalies_check CHECK (((acknowledged_at_ms IS NULL) = (acknowledged_by IS NULL)));
ALTER TABLE docdata_anomalies ADD CONSTRAINT docdata_anomalies_check1 CHECK (((note IS NULL) OR (acknowledged_at_ms IS NOT NULL)));
ALTER TABLE docdata_anomalies ADD CONSTRAINT docdata_anomalies_level_check CHECK ((level = ANY (ARRAY['error'::text, 'warning'::text])));
ALTER TABLE docdata_anomalies ADD CONSTRAINT docdata_anomalies_pkey PRIMARY KEY (id);
CREATE INDEX docdata_anomalies_merchant ON docdata_anomalies USING btree (merchant, raised_at_ms, id);
CREATE INDEX docdata_anomalies_open ON docdata_anomalies USING btree (raised_at_ms, id) WHERE ((resolved_at_ms IS NULL) AND (acknowledged_at_ms IS NULL));
CREATE INDEX docdata_anomalies_order ON docdata_anomalies USING btree (order_id, raised_at_ms, id) WHERE (order_id IS NOT NULL);
CREATE INDEX docdata_anomalies_raised ON docdata_anomalies USING btree (raised_at_ms, id);
CREATE UNIQUE INDEX docdata_anomalies_orderless ON docdata_anomalies USING btree (merchant, kind, subject) WHERE ((order_id IS NULL) AND (resolved_at_ms IS NULL));
CREATE UNIQUE INDEX docdata_anomalies_standing ON docdata_anomalies USING btree (order_id, kind, subject) WHERE ((order_id IS NOT NULL) AND (resolved_at_ms IS NULL));
ALTER TABLE docdata_payments ADD CONSTRAINT docdata_payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES docdata_orders(id);
ALTER TABLE docdata_observations ADD CONSTRAINT docdata_observations_order_id_fkey FOREIGN KEY (order_id) REFERENCES docdata_orders(id);
ALTER TABLE docdata_events ADD CONSTRAINT docdata_events_order_id_fkey FOREIGN KEY (order_id) REFERENCES docdata_orders(id);
ALTER TABLE docdata_deliveries ADD CONSTRAINT docdata_deliveries_order_id_revision_position_fkey FOREIGN KEY (order_id, revision, "position") REFERENCES docdata_events(order_id, revision, "position");
ALTER TABLE docdata_movements ADD CONSTRAINT docdata_movements_order_id_fkey FOREIGN KEY (order_id) REFERENCES docdata_orders(id);
ALTER TABLE docdata_anomalies ADD CONSTRAINT docdata_anomalies_order_id_fkey FOREIGN KEY (order_id) REFERENCES docdata_orders(id);
