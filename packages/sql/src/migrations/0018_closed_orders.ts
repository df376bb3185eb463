/**
 * Version 18: a cancelled order says who closed it. Of those of before, the ones for which a cancel was asked were closed by
 * the shop; of the others a payment was cancelled, which closes nothing.
 */
import type { Migration } from "./Migration.ts"

export const migration0018: Migration = {
  id: 18,
  name: "closed_orders",
  statements: () => [
    `UPDATE docdata_orders SET state = SUBSTR(state, 1, LENGTH(state) - 1) || ',"closedBy":"shop"}'
      WHERE status = 'cancelled' AND EXISTS (SELECT 1 FROM docdata_observations o
        WHERE o.order_id = docdata_orders.id AND o.body LIKE '%"intent":{"wanted":"cancelled"%')`
  ]
}
