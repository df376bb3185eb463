/**
 * Webhook endpoints and their deliveries as the REST API takes and shows them. Times are milliseconds since 1970.
 */
import { deliveryStates, signatureKinds } from "@docdata/application"
import { InstantMs } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import { WebhookEventType } from "../webhooks/WebhookPayload.ts"
import { PageSize, text } from "./requests.ts"

const SignatureKind = Schema.Literals(signatureKinds)

/** More than there will ever be accounts or types. */
const listLengthMax = 100

const listOf = <Item extends Schema.Constraint>(item: Item) =>
  Schema.Array(item).check(Schema.isMinLength(1), Schema.isMaxLength(listLengthMax))

export const AddEndpointRequest = Schema.Struct({
  /** Absolute https address of a public server, without credentials. */
  url: text(2_000),
  /** The accounts whose events it receives; all that the key speaks for when absent. */
  merchants: Schema.optionalKey(listOf(text(100))),
  /** The types of events it receives; all, also those to come, when absent. */
  eventTypes: Schema.optionalKey(listOf(WebhookEventType)),
  /** `v1` (default): HMAC-SHA256 with a shared secret. `v1a`: ed25519, the receiver needs the public key only. */
  signature: Schema.optionalKey(SignatureKind)
}).annotate({ identifier: "AddEndpointRequest" })

const endpointFields = {
  id: Schema.String,
  /** Whole for keys with the scope admin; for others without its query, which may hold a token. */
  url: Schema.String.annotate({
    description:
      "The address. Whole for keys with the scope admin; for others without its query, which may hold a token."
  }),
  merchants: Schema.Union([Schema.Literal("all"), Schema.Array(Schema.String)]),
  eventTypes: Schema.Union([Schema.Literal("all"), Schema.Array(WebhookEventType)]),
  signature: SignatureKind,
  /** Of `v1a`: `whpk_` and base64 of the ed25519 key that signatures are checked with. */
  publicKey: Schema.optionalKey(Schema.String),
  createdAtMs: InstantMs,
  keyVersion: Schema.Int,
  /** Until then messages carry a signature with the key before as well. */
  previousKeyUntilMs: Schema.optionalKey(InstantMs),
  /** Absent while messages are sent. */
  disabled: Schema.optionalKey(
    Schema.Struct({ because: Schema.Literals(["by-hand", "gone", "failing"]), sinceMs: InstantMs })
  ),
  health: Schema.Struct({
    lastSuccessAtMs: Schema.optionalKey(InstantMs),
    failingSinceMs: Schema.optionalKey(InstantMs),
    consecutiveFailures: Schema.Int
  })
}

export const EndpointView = Schema.Struct(endpointFields).annotate({ identifier: "WebhookEndpoint" })

/** An endpoint whose key is new. */
export const RevealedEndpoint = Schema.Struct({
  ...endpointFields,
  /** Of `v1`: the `whsec_` secret, shown this once. */
  secret: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "RevealedWebhookEndpoint" })

/** Oldest first. */
export const EndpointList = Schema.Struct({ endpoints: Schema.Array(EndpointView) })
  .annotate({ identifier: "WebhookEndpoints" })

const attemptFields = {
  durationMs: Schema.Int,
  status: Schema.optionalKey(Schema.Int.annotate({ description: "The HTTP status that the receiver answered with." })),
  /** A word for what came instead of an answer: `timeout`, `address-refused`, `ECONNREFUSED`. */
  fault: Schema.optionalKey(Schema.String)
}

/** What came of a test message; `delivered` if the receiver answered with 2xx. */
export const TestView = Schema.Struct({ delivered: Schema.Boolean, ...attemptFields })
  .annotate({ identifier: "WebhookTest" })

const deliveryFields = {
  eventId: Schema.String,
  orderId: Schema.String,
  merchant: Schema.String,
  type: Schema.String,
  occurredAtMs: InstantMs,
  state: Schema.Literals(deliveryStates),
  attempts: Schema.Int,
  /** When a waiting one was put off to; absent if it goes as soon as it can. */
  notBeforeMs: Schema.optionalKey(InstantMs),
  deadLettered: Schema.optionalKey(Schema.Struct({ atMs: InstantMs, reason: Schema.String }))
}

/** One delivery with the newest 50 attempts, oldest first. */
export const DeliveryView = Schema.Struct({
  ...deliveryFields,
  log: Schema.Array(Schema.Struct({ atMs: InstantMs, ...attemptFields }))
}).annotate({ identifier: "WebhookDelivery" })

/** One page, newest event first; `next` is the `after` of the following one. */
export const DeliveryPage = Schema.Struct({
  deliveries: Schema.Array(Schema.Struct(deliveryFields)),
  next: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "WebhookDeliveryPage" })

export const DeliveriesQuery = Schema.Struct({
  state: Schema.Literals(deliveryStates),
  limit: Schema.optionalKey(PageSize),
  after: Schema.optionalKey(text(300))
})

export const RedeliverRequest = Schema.Struct({
  /** Deliveries that were dead-lettered at this instant or later. */
  deadLetteredFromMs: InstantMs,
  /** And before this one; absent means now. Whoever asks again for more says the same instant again. */
  deadLetteredUntilMs: Schema.optionalKey(InstantMs)
}).annotate({ identifier: "RedeliverRequest" })

/** How many were opened again. `more`: there are others, ask again with this `deadLetteredUntilMs`, so that it ends. */
export const RedeliverView = Schema.Struct({ opened: Schema.Int, more: Schema.Boolean, deadLetteredUntilMs: InstantMs })
  .annotate({ identifier: "Redelivered" })

export const EndpointParams = { endpointId: text(100) }
export const DeliveryParams = { endpointId: text(100), eventId: text(150) }
