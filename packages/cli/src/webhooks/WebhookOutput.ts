/**
 * Webhook endpoints as `docdata webhooks` reads and prints them.
 */
import * as Schema from "effect/Schema"

const Names = Schema.Union([Schema.Literal("all"), Schema.Array(Schema.String)])

const endpointFields = {
  id: Schema.String,
  url: Schema.String,
  merchants: Names,
  eventTypes: Names,
  signature: Schema.Literals(["v1", "v1a"]),
  publicKey: Schema.optionalKey(Schema.String),
  createdAtMs: Schema.Int,
  keyVersion: Schema.Int,
  previousKeyUntilMs: Schema.optionalKey(Schema.Int),
  disabled: Schema.optionalKey(Schema.Struct({ because: Schema.String, sinceMs: Schema.Int })),
  health: Schema.Struct({
    lastSuccessAtMs: Schema.optionalKey(Schema.Int),
    failingSinceMs: Schema.optionalKey(Schema.Int),
    consecutiveFailures: Schema.Int
  })
}

/** What each line of `webhooks list --json` is. */
export const EndpointOutput = Schema.Struct(endpointFields).annotate({ identifier: "EndpointOutput" })

/** What `webhooks add --json` prints. */
export const NewEndpointOutput = Schema.Struct({
  ...endpointFields,
  secret: Schema.optionalKey(Schema.String).annotate({ description: "Of v1: shown this once" })
}).annotate({ identifier: "NewEndpointOutput" })

/** What `webhooks test --json` prints. */
export const TestOutput = Schema.Struct({
  delivered: Schema.Boolean,
  durationMs: Schema.Int,
  status: Schema.optionalKey(Schema.Int),
  fault: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "TestOutput" })

/** What `webhooks redeliver --json` prints. */
export const RedeliverOutput = Schema.Struct({
  opened: Schema.Int.annotate({ description: "Deliveries that were opened again" }),
  deadLetteredUntilMs: Schema.optionalKey(
    Schema.Int.annotate({ description: "With --since: what was dead-lettered before this instant of the service" })
  )
}).annotate({ identifier: "RedeliverOutput" })

/** What each line of `webhooks listen --json` is. */
export const ListenLine = Schema.Struct({
  eventId: Schema.String,
  type: Schema.String,
  orderId: Schema.String,
  durationMs: Schema.Int,
  status: Schema.optionalKey(Schema.Int),
  fault: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "ListenLine" })
