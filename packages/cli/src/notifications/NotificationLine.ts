/**
 * A line of `docdata notifications list --json`.
 */
import * as Schema from "effect/Schema"

const Instant = Schema.String.annotate({ description: "ISO 8601, UTC" })

export const NotificationLine = Schema.Struct({
  id: Schema.String,
  merchant: Schema.String,
  orderReference: Schema.String.annotate({ description: "That of the order; it need not exist" }),
  reason: Schema.String.annotate({ description: "Why no refresh could follow" }),
  deadLettered: Instant,
  firstReceived: Instant,
  lastReceived: Instant,
  notificationCount: Schema.Int.annotate({ description: "Notifications it stands for" }),
  attempts: Schema.Int
}).annotate({ identifier: "DeadLetteredNotification" })
