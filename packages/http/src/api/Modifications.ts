/**
 * Captures and refunds of an order, and what a person knows of those that were never answered.
 */
import { resolvingEvidence } from "@docdata/application"
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { Authorization } from "./Authorization.ts"
import { ModificationView } from "./OrderView.ts"
import { orderProblems } from "./problems.ts"
import { OrderParams, text } from "./requests.ts"

/** All of an order, oldest first. */
const ModificationList = Schema.Struct({ modifications: Schema.Array(ModificationView) }).annotate({
  identifier: "ModificationList"
})

const ResolveRequest = Schema.Struct({
  kind: ModificationView.fields.kind,
  reference: text(35),
  /** `confirmed`: the money moved. `failed`: it did not, and never will. */
  outcome: Schema.Literals(["confirmed", "failed"]),
  /** From what it is known. */
  evidence: Schema.Literals(resolvingEvidence)
}).annotate({ identifier: "ResolveRequest" })

export class Modifications extends HttpApiGroup.make("modifications").add(
  HttpApiEndpoint.get("list", "/", { params: OrderParams, success: ModificationList, error: orderProblems }),
  HttpApiEndpoint.post("resolve", "/resolve", {
    params: OrderParams,
    payload: ResolveRequest,
    success: ModificationView,
    error: orderProblems
  })
).middleware(Authorization).prefix("/v1/orders/:orderId/modifications") {}
