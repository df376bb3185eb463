/**
 * The migrations, loaded when a database is behind.
 */
import { migration0001 } from "./0001_stores.ts"
import { migration0002 } from "./0002_inbox_by_merchant.ts"
import { migration0003 } from "./0003_webhooks.ts"
import { migration0004 } from "./0004_anomalies.ts"
import { migration0005 } from "./0005_traces.ts"
import { migration0006 } from "./0006_deliveries_in_line.ts"
import { migration0007 } from "./0007_event_feed.ts"
import { migration0008 } from "./0008_deliveries_let_go.ts"
import { migration0009 } from "./0009_orphans_of_endpoints.ts"
import { migration0010 } from "./0010_old_attempts.ts"
import { migration0011 } from "./0011_erased_orders.ts"
import { migration0012 } from "./0012_payments_of_one_order.ts"
import { migration0013 } from "./0013_due_while_young.ts"
import { migration0014 } from "./0014_field_vocabulary.ts"
import { migration0015 } from "./0015_create_keys.ts"
import { migration0016 } from "./0016_stored_policies.ts"
import { migration0017 } from "./0017_shop_orders.ts"
import { migration0018 } from "./0018_closed_orders.ts"
import { migration0019 } from "./0019_final_captures.ts"
import type { Migration } from "./Migration.ts"

/** All of them, in order. */
export const migrations: ReadonlyArray<Migration> = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
  migration0010,
  migration0011,
  migration0012,
  migration0013,
  migration0014,
  migration0015,
  migration0016,
  migration0017,
  migration0018,
  migration0019
]
