/**
 * What a person has to look at.
 */
import { InstantMs } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { Authorization } from "./Authorization.ts"
import { Problem400, Problem403, Problem404, Problem422, Problem503 } from "./problems.ts"
import { PageSize, text, words } from "./requests.ts"

const level = Schema.Literals(["error", "warning"])
const state = Schema.Literals(["open", "acknowledged", "resolved"])

export const AnomalyView = Schema.Struct({
  id: Schema.String,
  /** Absent when it concerns the whole service; such ones are shown to keys for every merchant only. */
  merchant: Schema.optionalKey(Schema.String),
  orderId: Schema.optionalKey(Schema.String),
  /** A finding, or one of the kinds of the reference page. New ones may come. */
  kind: Schema.String,
  /** What it is about within the order, such as a payment id; empty when about all of it. */
  subject: Schema.String,
  level,
  state,
  data: Schema.Record(Schema.String, Schema.Unknown),
  /** For people: what it means, and what to do. */
  meaning: Schema.String,
  action: Schema.String,
  raisedAtMs: InstantMs,
  changedAtMs: InstantMs,
  acknowledged: Schema.optionalKey(
    Schema.Struct({ atMs: InstantMs, by: Schema.String, note: Schema.optionalKey(Schema.String) })
  ),
  resolvedAtMs: Schema.optionalKey(InstantMs)
}).annotate({ identifier: "Anomaly" })

/** One page, newest first; `next` is the `after` of the following one. */
const AnomalyPage = Schema.Struct({
  anomalies: Schema.Array(AnomalyView),
  next: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "AnomalyPage" })

/** Which anomalies a list shows; every parameter narrows it. */
export const AnomalyQuery = Schema.Struct({
  merchant: Schema.optionalKey(text(100)),
  orderId: Schema.optionalKey(text(100)),
  kind: Schema.optionalKey(text(100)),
  level: Schema.optionalKey(level),
  state: Schema.optionalKey(state),
  limit: Schema.optionalKey(PageSize),
  after: Schema.optionalKey(text(300))
})

const AcknowledgeRequest = Schema.Struct({
  /** A person's own words; kept until the order is erased. */
  note: Schema.optionalKey(words(500))
}).annotate({ identifier: "AcknowledgeRequest" })

export class AnomaliesGroup extends HttpApiGroup.make("anomalies").add(
  HttpApiEndpoint.get("list", "/", {
    query: AnomalyQuery,
    success: AnomalyPage,
    error: [Problem400, Problem422, Problem503]
  }),
  HttpApiEndpoint.post("acknowledge", "/:anomalyId/acknowledge", {
    params: { anomalyId: text(100) },
    payload: AcknowledgeRequest,
    success: AnomalyView,
    error: [Problem403, Problem404, Problem503]
  })
).middleware(Authorization).prefix("/v1/anomalies") {}
