/**
 * Version 19: a capture says whether it is the last one of its payment. Of those of before nobody wrote it down.
 */
import type { Migration } from "./Migration.ts"

export const migration0019: Migration = {
  id: 19,
  name: "final_captures",
  statements: ({ int }) => [`ALTER TABLE docdata_modifications ADD COLUMN final ${int}`]
}
