/**
 * Webhook endpoints as the API takes and tells them.
 */
import * as Schema from "effect/Schema"
import { EventTypeSchema } from "../events/Event.ts"
import { field, optional } from "../field.ts"
import { Instant } from "../Instant.ts"
import { Count } from "../paging.ts"
import { text } from "../text.ts"

const SignatureKind = Schema.Literals(["v1", "v1a"])

/** More than there will ever be accounts or types. */
const listLengthMax = 100

const listOf = <Item extends Schema.Constraint>(item: Item) =>
  Schema.Array(item).check(Schema.isMinLength(1), Schema.isMaxLength(listLengthMax))

/** What a new endpoint takes. */
export const AddEndpointRequest = Schema.Struct({
  url: field(
    text(2_000),
    "Absolute https address of a public server, without credentials.",
    "https://shop.example/hooks"
  ),
  merchants: optional(
    listOf(text(100)),
    "The accounts whose events it receives; all that the key speaks for when absent.",
    ["shop"]
  ),
  eventTypes: optional(
    listOf(EventTypeSchema),
    "The types of events that it receives; all, also those to come, when absent.",
    ["order.status_changed", "order.fulfilment_changed"]
  ),
  signature: optional(
    SignatureKind,
    "v1 (default): HMAC-SHA256 with a shared secret. v1a: ed25519, the receiver needs the public key only.",
    "v1"
  )
}).annotate({ identifier: "AddEndpointRequest", description: "A new webhook endpoint." })

const endpointFields = {
  id: field(Schema.String, "The id of the endpoint.", "whe_4K7Q2M"),
  url: field(
    Schema.String,
    "The address. Whole for keys with the scope admin; for others without its query, which may hold a token.",
    "https://shop.example/hooks"
  ),
  merchants: field(
    Schema.Union([Schema.Literal("all"), Schema.Array(Schema.String)]),
    "The accounts whose events it receives.",
    ["shop"]
  ),
  eventTypes: field(
    Schema.Union([Schema.Literal("all"), Schema.Array(EventTypeSchema)]),
    "The types of events that it receives.",
    ["order.status_changed"]
  ),
  signature: field(SignatureKind, "How its messages are signed.", "v1"),
  publicKey: optional(
    Schema.String,
    "Of v1a: `whpk_` and base64 of the ed25519 key that signatures are checked with.",
    "whpk_RW5k"
  ),
  createdAt: field(Instant, "When the endpoint was added."),
  keyVersion: field(Count, "Counts the keys, from 1.", 1),
  previousKeyUntil: optional(Instant, "Until then messages carry a signature with the key before as well."),
  disabled: optional(
    Schema.Struct({
      because: field(
        Schema.Literals(["by-hand", "gone", "failing"]),
        "by-hand: somebody disabled it. gone: the receiver answered 410. failing: nothing got through for days.",
        "failing"
      ),
      since: field(Instant, "Since when.")
    }),
    "Why nothing is sent; absent while messages are sent."
  ),
  health: field(
    Schema.Struct({
      lastSuccessAt: optional(Instant, "When the receiver last accepted a message."),
      failingSince: optional(Instant, "The first failure since then."),
      consecutiveFailures: field(Count, "Failures since then.", 0)
    }),
    "What the last attempts came to."
  )
}

/** An endpoint. */
export const WebhookEndpoint = Schema.Struct(endpointFields)
  .annotate({ identifier: "WebhookEndpoint", description: "An address that receives webhooks." })

/** An endpoint whose key is new. */
export const RevealedWebhookEndpoint = Schema.Struct({
  ...endpointFields,
  secret: optional(Schema.String, "Of v1: the `whsec_` secret, shown this once.", "whsec_c2VjcmV0")
}).annotate({ identifier: "RevealedWebhookEndpoint", description: "An endpoint whose key is new." })

/** All endpoints. */
export const WebhookEndpointList = Schema.Struct({
  endpoints: field(Schema.Array(WebhookEndpoint), "Oldest first.")
}).annotate({ identifier: "WebhookEndpointList", description: "All webhook endpoints that the key may see." })

export const endpointId = { endpointId: field(text(100), "The id of the endpoint.", "whe_4K7Q2M") }
