/**
 * Docdata's notifications that no refresh could follow: they wait for a person.
 */
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { Authorization } from "../Authorization.ts"
import { group, operation } from "../describe.ts"
import { field, optional } from "../field.ts"
import { Instant } from "../Instant.ts"
import { Count } from "../paging.ts"
import { problems } from "../problems.ts"
import { text } from "../text.ts"

/** One notification that became a dead letter. */
export const Notification = Schema.Struct({
  id: field(Schema.String, "The id of the notification.", "inb_4K7Q2M"),
  merchant: field(Schema.String, "Name of the merchant account.", "shop"),
  orderReference: field(Schema.String, "What Docdata named; the order need not exist.", "web-1001-8H2MQZ3T"),
  reason: field(Schema.String, "Why no refresh could follow.", "OrderNotFound: no such order"),
  deadLetteredAt: field(Instant, "When it became a dead letter."),
  firstReceivedAt: field(Instant, "When the first of its notifications came."),
  lastReceivedAt: field(Instant, "When the last of its notifications came."),
  notificationCount: field(Count, "Notifications it stands for.", 2),
  attemptCount: field(Count, "How often a refresh was tried.", 5)
}).annotate({ identifier: "Notification", description: "A notification that no refresh could follow." })

const NotificationList = Schema.Struct({
  notifications: field(Schema.Array(Notification), "Latest first."),
  more: field(Schema.Boolean, "True: there may be others than the latest 200.", false)
}).annotate({ identifier: "NotificationList", description: "Notifications that are dead letters." })

export class Notifications extends HttpApiGroup.make("notifications").add(
  HttpApiEndpoint.get("list", "/", {
    query: Schema.Struct({ merchant: optional(text(100), "Name of a merchant account.", "shop") }),
    success: NotificationList,
    error: problems("unknown-merchant", "store-unavailable")
  }).annotateMerge(operation(
    "List notifications that are dead letters",
    "The latest 200 notifications of the key's merchants that no refresh could follow, latest first. Scope read."
  )),
  HttpApiEndpoint.post("retry", "/:notificationId/retry", {
    params: { notificationId: field(text(100), "The id of the notification.", "inb_4K7Q2M") },
    success: HttpApiSchema.NoContent,
    error: problems("forbidden", "notification-not-found", "store-unavailable")
  }).annotateMerge(operation(
    "Retry a notification",
    "The notification waits again, and a refresh follows it. Repeating finds nothing. Scope operate."
  ))
).middleware(Authorization).prefix("/v1/notifications").annotateMerge(
  group("Docdata's notifications that no refresh could follow.")
) {}
