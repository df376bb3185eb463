/**
 * Captures and refunds of an order, and what a person knows of those that were never answered.
 */
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { Authorization } from "./Authorization.ts"
import { MovementView } from "./OrderView.ts"
import { orderProblems } from "./problems.ts"
import { OrderParams, text } from "./requests.ts"

/** All of an order, oldest first. */
const MovementList = Schema.Struct({ movements: Schema.Array(MovementView) }).annotate({ identifier: "MovementList" })

const SettleRequest = Schema.Struct({
  kind: MovementView.fields.kind,
  reference: text(35),
  /** `confirmed`: the money moved. `failed`: it did not, and never will. */
  outcome: Schema.Literals(["confirmed", "failed"]),
  /** From what it is known. */
  evidence: Schema.Literals(["back-office", "provider", "bank"])
}).annotate({ identifier: "SettleRequest" })

export class Movements extends HttpApiGroup.make("movements").add(
  HttpApiEndpoint.get("list", "/", { params: OrderParams, success: MovementList, error: orderProblems }),
  HttpApiEndpoint.post("settle", "/settle", {
    params: OrderParams,
    payload: SettleRequest,
    success: MovementView,
    error: orderProblems
  })
).middleware(Authorization).prefix("/v1/orders/:orderId/movements") {}
