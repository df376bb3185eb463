/**
 * Version 5: notifications and events keep the trace they came in, so that whoever works on them later goes on with it.
 */
import type { Migration } from "./Migration.ts"

export const migration0005: Migration = {
  id: 5,
  name: "traces",
  statements: ({ text }) => [
    `ALTER TABLE docdata_inbox ADD COLUMN traceparent ${text}`,
    `ALTER TABLE docdata_events ADD COLUMN traceparent ${text}`
  ]
}
