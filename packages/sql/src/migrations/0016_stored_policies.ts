/**
 * Version 16: an observation keeps the policy that decided. Those of before have none: nobody wrote it down.
 */
import type { Migration } from "./Migration.ts"

export const migration0016: Migration = {
  id: 16,
  name: "stored_policies",
  statements: ({ text }) => [`ALTER TABLE docdata_observations ADD COLUMN policy ${text}`]
}
