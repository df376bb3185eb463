/**
 * Captures, refunds, and what a person knows of those that were never answered.
 */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { Authorization } from "../Authorization.ts"
import { group, operation } from "../describe.ts"
import { orderId } from "../orders/Order.ts"
import { openCodes, problems, providerCodes } from "../problems.ts"
import {
  Capture,
  CaptureList,
  CaptureRequest,
  Modification,
  ModificationList,
  Refund,
  RefundList,
  RefundRequest,
  ResolveRequest
} from "./Modification.ts"

const reading = problems("order-not-found", "store-unavailable")

const requesting = problems(
  "forbidden",
  ...openCodes,
  ...providerCodes,
  "payment-not-found",
  "modification-failed",
  "already-taken",
  "amount-too-large",
  "contended"
)

const repeating =
  "Safe to repeat with the same reference, which answers what became of the first. A request that was refused or not sent " +
  "gives its reference back; one that Docdata took and that failed needs a new one. Scope operate."

export class Captures extends HttpApiGroup.make("captures").add(
  HttpApiEndpoint.get("list", "/", { params: orderId, success: CaptureList, error: reading }).annotateMerge(
    operation("List captures", "All captures of an order, oldest first. Docdata is not asked. Scope read.")
  ),
  HttpApiEndpoint.post("create", "/", {
    params: orderId,
    payload: CaptureRequest,
    success: Capture.pipe(HttpApiSchema.status(202)),
    error: requesting
  }).annotateMerge(operation(
    "Capture money",
    "Asks Docdata to take authorised money: all that is left unless an amount is given. The capture is requested, not " +
      `finished: the order and its events tell when it is. ${repeating}`
  ))
).middleware(Authorization).prefix("/v1/orders/:orderId/captures").annotateMerge(group("Take authorised money.")) {}

export class Refunds extends HttpApiGroup.make("refunds").add(
  HttpApiEndpoint.get("list", "/", { params: orderId, success: RefundList, error: reading }).annotateMerge(
    operation("List refunds", "All refunds of an order, oldest first. Docdata is not asked. Scope read.")
  ),
  HttpApiEndpoint.post("create", "/", {
    params: orderId,
    payload: RefundRequest,
    success: Refund.pipe(HttpApiSchema.status(202)),
    error: requesting
  }).annotateMerge(operation(
    "Refund money",
    "Asks Docdata to give captured money back: all that is left unless an amount is given. The refund is requested, not " +
      `finished: the order and its events tell when it is. ${repeating}`
  ))
).middleware(Authorization).prefix("/v1/orders/:orderId/refunds").annotateMerge(group("Give captured money back.")) {}

export class Modifications extends HttpApiGroup.make("modifications").add(
  HttpApiEndpoint.get("list", "/", { params: orderId, success: ModificationList, error: reading }).annotateMerge(
    operation(
      "List captures and refunds",
      "All modifications of an order, oldest first, each with its state. Docdata is not asked. Scope read."
    )
  ),
  HttpApiEndpoint.post("resolve", "/resolve", {
    params: orderId,
    payload: ResolveRequest,
    success: Modification,
    error: problems("forbidden", ...openCodes, ...providerCodes, "modification-not-found", "contended")
  }).annotateMerge(operation(
    "Say what became of a capture or refund",
    "For one that no report names: refreshes the order, and stores what a person knows if it is unclear even then, or filed " +
      "and not named. Moves no money, but what is called failed can be captured or refunded again. Safe to repeat. " +
      "Scope operate."
  ))
).middleware(Authorization).prefix("/v1/orders/:orderId/modifications").annotateMerge(
  group("Captures and refunds together, and resolving those that were never answered.")
) {}
