/**
 * Orders: creating, reading, refreshing, ending and explaining them.
 */
import { OrderStatus, Policy } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { Authorization } from "../Authorization.ts"
import { group, operation } from "../describe.ts"
import { field, optional } from "../field.ts"
import { GivenInstant } from "../Instant.ts"
import { after, beforeRevision, limit } from "../paging.ts"
import { openCodes, problems, providerCodes } from "../problems.ts"
import { reference, text } from "../text.ts"
import { CreateOrderRequest } from "./CreateOrderRequest.ts"
import { Explanation, ObservationPage, Preview, Timeline } from "./Explanation.ts"
import { CancelResult, ClearedHold, Order, orderId, OrderPage, PaymentMethods } from "./Order.ts"

/** Which orders a list shows. */
export const OrderQuery = Schema.Struct({
  merchant: optional(text(100), "Name of a merchant account.", "shop"),
  status: optional(Schema.Array(OrderStatus), "One or several statuses.", ["paid"]),
  shopReference: optional(text(200), "The shop's own number of the order.", "web-1001"),
  orderReference: optional(text(255), "What Docdata knows the order by; no other filter but merchant beside it."),
  orderKey: optional(text(100), "Docdata's key of the order; no other filter but merchant beside it."),
  createdFrom: optional(GivenInstant, "Created at this moment or later."),
  createdBefore: optional(GivenInstant, "Created before this moment."),
  limit,
  after
})

/** Which observations of an order a list shows. */
export const ObservationQuery = Schema.Struct({
  before: beforeRevision,
  limit,
  include: optional(
    Schema.Literal("report"),
    "Adds the redacted report and the redacted texts on the wire. Scope admin.",
    "report"
  )
})

/** Other rules to decide by. */
export const ReplayQuery = Schema.Struct({
  rules: optional(Policy.fields.rules, "Another rule set than the account's."),
  paidWhen: optional(Policy.fields.paidWhen.fields.default, "Another moment from which an order counts as paid.")
})

const idempotencyKey = {
  "idempotency-key": field(
    reference(200),
    "Made by the caller, one for each request: the same key answers with the same order, or tries again if none came of it.",
    "web-1001-1"
  )
}

/** Reading an order also makes its menu address. */
const readCodes = [...openCodes, "request-refused"] as const
const read = problems(...readCodes)
const stored = problems("order-not-found", "store-unavailable")
const refresh = problems("forbidden", ...readCodes, ...providerCodes, "contended")

class OrderBasics extends HttpApiGroup.make("orders").add(
  HttpApiEndpoint.post("create", "/", {
    headers: idempotencyKey,
    payload: CreateOrderRequest,
    success: Order.pipe(HttpApiSchema.status(201)),
    error: problems(
      "forbidden",
      ...readCodes,
      ...providerCodes,
      "merchant-inactive",
      "idempotency-conflict",
      "create-unfinished",
      "already-taken"
    )
  }).annotateMerge(operation(
    "Create an order",
    "Registers the order at Docdata and answers with the address of the payment menu. Safe to repeat with the same " +
      "`idempotency-key` and the same body: it answers with the same order for ever, calls at once included. A call of which no " +
      "order came gives the key back. Another body under a used key is a conflict. Scope operate."
  )),
  HttpApiEndpoint.get("list", "/", {
    query: OrderQuery,
    success: OrderPage,
    error: problems("bad-request", "unknown-merchant", "store-unavailable")
  }).annotateMerge(operation(
    "List orders",
    "Orders of the key's merchants, newest first, in pages. Every parameter narrows the list. New orders never shift " +
      "the pages that follow. Scope read."
  )),
  HttpApiEndpoint.get("read", "/:orderId", { params: orderId, success: Order, error: read }).annotateMerge(operation(
    "Read an order",
    "The order as it is stored, with its payments. Docdata is not asked. Scope read."
  )),
  HttpApiEndpoint.post("refresh", "/:orderId/refresh", { params: orderId, success: Order, error: refresh })
    .annotateMerge(operation(
      "Refresh an order now",
      "Fetches the status from Docdata, decides and stores, and answers with the order afterwards. Safe to repeat; calls " +
        "at once share one status call. Scope operate."
    )),
  HttpApiEndpoint.post("cancel", "/:orderId/cancel", { params: orderId, success: CancelResult, error: refresh })
    .annotateMerge(operation(
      "Cancel an order",
      "Asks Docdata to cancel the order with all its payments, while nothing is captured; then refreshes the order, and " +
        "answers what came of it. Safe to repeat. Scope operate."
    )),
  HttpApiEndpoint.post("expire", "/:orderId/expire", { params: orderId, success: Order, error: refresh })
    .annotateMerge(operation(
      "Expire an order",
      "Refreshes the order, and expires it if there is no payment or if it is too old and nothing is under way; money that " +
        "came in at the last moment wins. Safe to repeat. Scope operate."
    )),
  HttpApiEndpoint.post("clearHold", "/:orderId/clear-hold", { params: orderId, success: ClearedHold, error: refresh })
    .annotateMerge(operation(
      "Clear the hold of an order",
      "A person decided: the hold is cleared, and the refresh that follows decides whether the goods may leave. Safe to " +
        "repeat. A new reason holds the order again. Scope operate."
    ))
) {}

export class Orders extends OrderBasics.add(
  HttpApiEndpoint.post("erase", "/:orderId/erase", {
    params: orderId,
    success: HttpApiSchema.NoContent,
    error: problems("forbidden", "order-not-found", "store-unavailable")
  }).annotateMerge(operation(
    "Erase personal data of an order",
    "Takes the texts of all exchanges about the order, reasons in its reports and notes out of the stores for ever. " +
      "Statuses, amounts, decisions and events stay. Safe to repeat. Scope admin."
  )),
  HttpApiEndpoint.get("preview", "/:orderId/preview", {
    params: orderId,
    success: Preview,
    error: problems("forbidden", ...openCodes, ...providerCodes)
  }).annotateMerge(operation(
    "What a refresh would change",
    "Fetches the status from Docdata and decides as a refresh would; stores nothing. Safe to repeat. Scope operate."
  )),
  HttpApiEndpoint.get("replay", "/:orderId/replay", {
    params: orderId,
    query: ReplayQuery,
    success: Preview,
    error: problems("order-not-found", "unknown-merchant", "wrong-state", "store-unavailable")
  }).annotateMerge(operation(
    "What other rules would decide",
    "Decides every stored observation again, oldest first, by today's policy or by other rules. Changes nothing; " +
      "Docdata is not asked. Scope read."
  )),
  HttpApiEndpoint.get("explanation", "/:orderId/explanation", {
    params: orderId,
    success: Explanation,
    error: problems("order-not-found", "wrong-state", "store-unavailable")
  }).annotateMerge(operation(
    "Why an order has its status",
    "The stored decision of the newest refresh: the rule, the figures that it compared, the policy that decided, what " +
      "deserves attention, and what would change the answer. Nothing is decided again: replay does that by today's policy. " +
      "Scope read."
  )),
  HttpApiEndpoint.get("timeline", "/:orderId/timeline", { params: orderId, success: Timeline, error: stored })
    .annotateMerge(operation(
      "What happened to an order",
      "Events, the newest 200 refreshes, captures and refunds, oldest first. Scope read."
    )),
  HttpApiEndpoint.get("observations", "/:orderId/observations", {
    params: orderId,
    query: ObservationQuery,
    success: ObservationPage,
    error: problems("forbidden", "order-not-found", "store-unavailable")
  }).annotateMerge(operation(
    "The observations of an order",
    "What was decided at each refresh, by which rule and from which figures, newest first, in pages. Scope read."
  )),
  HttpApiEndpoint.get("methods", "/:orderId/payment-methods", {
    params: orderId,
    success: PaymentMethods,
    error: problems(...openCodes, ...providerCodes)
  }).annotateMerge(operation(
    "How an order can be paid",
    "Asks Docdata for the payment methods that it offers for this order at this moment. Safe to repeat. Scope read."
  ))
).middleware(Authorization).prefix("/v1/orders").annotateMerge(
  group("Orders at Docdata: create, read, refresh, end and explain them.")
) {}
