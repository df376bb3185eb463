/**
 * Version 9: what endpoints that were removed while somebody still worked for them left behind goes.
 *
 * Stored endpoints are told from those of settings by their ids, which no settings name by chance: `whe_` and 20 more.
 */
import type { Migration } from "./Migration.ts"

export const migration0009: Migration = {
  id: 9,
  name: "orphans_of_endpoints",
  statements: () => [
    `DELETE FROM docdata_deliveries
      WHERE substr(consumer, 1, 4) = 'whe_' AND length(consumer) = 24
        AND NOT EXISTS (SELECT 1 FROM docdata_webhook_endpoints w WHERE w.id = consumer)`,
    `DELETE FROM docdata_delivery_attempts
      WHERE NOT EXISTS (SELECT 1 FROM docdata_deliveries d
        WHERE d.consumer = docdata_delivery_attempts.consumer AND d.order_id = docdata_delivery_attempts.order_id
          AND d.revision = docdata_delivery_attempts.revision AND d.position = docdata_delivery_attempts.position)`
  ]
}
