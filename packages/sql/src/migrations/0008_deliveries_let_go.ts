/**
 * Version 8: deliveries that a process of before version 6 left behind can be claimed again. One that went on working
 * after that migration neither said where a delivery stands nor looked for those behind one that it ended.
 */
import type { Migration } from "./Migration.ts"

export const migration0008: Migration = {
  id: 8,
  name: "deliveries_let_go",
  // `later` is always safe: it only means another look.
  statements: () => [
    `UPDATE docdata_deliveries SET standing = 'later'
      WHERE ready_at_ms IS NOT NULL AND (standing IS NULL OR standing = 'behind')`
  ]
}
