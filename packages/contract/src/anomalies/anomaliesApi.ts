/**
 * What a person has to act on.
 */
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { Authorization } from "../Authorization.ts"
import { group, operation } from "../describe.ts"
import { field, optional } from "../field.ts"
import { Instant } from "../Instant.ts"
import { OpenData } from "../orders/Explanation.ts"
import { after, limit, next } from "../paging.ts"
import { problems } from "../problems.ts"
import { text, words } from "../text.ts"

const level = Schema.Literals(["error", "warning"])
const state = Schema.Literals(["open", "acknowledged", "resolved"])

/** One anomaly. */
export const Anomaly = Schema.Struct({
  id: field(Schema.String, "The id of the anomaly.", "ano_7Q2M"),
  merchant: optional(
    Schema.String,
    "Name of the merchant account; absent when it concerns the whole service. Such ones are shown to keys for all merchants.",
    "shop"
  ),
  orderId: optional(Schema.String, "The service's own id of the order; absent when it is about none.", "ord_4K7Q2M"),
  kind: field(Schema.String, "A kind of finding, or one of the reference page; new ones may come.", "underpaid"),
  subject: field(Schema.String, "What it is about within the order; empty when about all of it.", ""),
  level: field(level, "An error needs somebody before the goods leave; a warning deserves a glance.", "warning"),
  state: field(state, "open: nobody acknowledged it. acknowledged: somebody knows. resolved: it is over.", "open"),
  data: field(OpenData, "The figures, by the kind; amounts are Money.", {
    outstanding: { minor: 990, currency: "EUR" }
  }),
  meaning: field(Schema.String, "What it means, for people.", "Less was paid than the order costs."),
  action: field(Schema.String, "What to do about it.", "Ask the shopper for the outstanding amount."),
  raisedAt: field(Instant, "When it was noticed."),
  changedAt: field(Instant, "When its level or data changed last."),
  acknowledged: optional(
    Schema.Struct({
      at: field(Instant, "Since when."),
      by: field(Schema.String, "The id of the API key.", "key_1"),
      note: optional(Schema.String, "A person's own words.", "Asked the bank, answer by Friday.")
    }),
    "Who knows of it; absent while nobody does."
  ),
  resolvedAt: optional(Instant, "When it was over; absent while it stands.")
}).annotate({ identifier: "Anomaly", description: "Something that a person has to act on." })

const AnomalyPage = Schema.Struct({
  anomalies: field(Schema.Array(Anomaly), "Newest first."),
  next
}).annotate({ identifier: "AnomalyPage", description: "One page of anomalies." })

/** Which anomalies a list shows. */
export const AnomalyQuery = Schema.Struct({
  merchant: optional(text(100), "Name of a merchant account.", "shop"),
  orderId: optional(text(100), "The service's own id of an order.", "ord_4K7Q2M"),
  kind: optional(text(100), "A kind of anomaly.", "underpaid"),
  level: optional(level, "A level.", "error"),
  state: optional(state, "A state.", "open"),
  limit,
  after
})

const AcknowledgeRequest = Schema.Struct({
  note: optional(
    words(500),
    "A person's own words; kept until the order is erased.",
    "Asked the bank, answer by Friday."
  )
}).annotate({ identifier: "AcknowledgeRequest", description: "That somebody knows of an anomaly." })

export class Anomalies extends HttpApiGroup.make("anomalies").add(
  HttpApiEndpoint.get("list", "/", {
    query: AnomalyQuery,
    success: AnomalyPage,
    error: problems("bad-request", "unknown-merchant", "store-unavailable")
  }).annotateMerge(operation(
    "List what needs attention",
    "Anomalies of the key's merchants, newest first, in pages. With `state=open` those that stand and that nobody " +
      "acknowledged. Scope read."
  )),
  HttpApiEndpoint.post("acknowledge", "/:anomalyId/acknowledge", {
    params: { anomalyId: field(text(100), "The id of the anomaly.", "ano_7Q2M") },
    payload: AcknowledgeRequest,
    success: Anomaly,
    error: problems("forbidden", "anomaly-not-found", "store-unavailable")
  }).annotateMerge(operation(
    "Say that somebody knows",
    "Stores who acknowledged, which is the id of the key, and why. The anomaly stands until it is over, and is not " +
      "raised again meanwhile. Safe to repeat: the first acknowledgement stays. Scope operate."
  ))
).middleware(Authorization).prefix("/v1/anomalies").annotateMerge(group("What a person has to act on.")) {}
