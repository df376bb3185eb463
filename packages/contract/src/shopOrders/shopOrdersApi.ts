/**
 * The shop's orders: what the attempts at one of them come to.
 */
import { Fulfilment, OrderStatus } from "@docdata/domain/schema"
import * as Schema from "effect/Schema"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { Authorization } from "../Authorization.ts"
import { group, operation } from "../describe.ts"
import { field, optional } from "../field.ts"
import { Money } from "../Money.ts"
import { OrderSummary } from "../orders/Order.ts"
import { problems } from "../problems.ts"
import { reference, text } from "../text.ts"

/** The shop's order with its attempts. */
export const ShopOrder = Schema.Struct({
  merchant: field(Schema.String, "Name of the merchant account.", "shop"),
  shopReference: field(Schema.String, "The shop's own number of the order.", "web-1001"),
  status: field(OrderStatus, "The status of the order that leads.", "paid"),
  fulfilment: field(Fulfilment, "Whether the goods of the shop's order may leave.", "ship"),
  shopStatus: optional(Schema.String, "The shop's own status; present with a table of shop statuses.", "processing"),
  leadingOrderId: optional(
    Schema.String,
    "The order that leads: the one that was paid first, else the newest open one. Absent before Docdata knows any.",
    "ord_4K7Q2M"
  ),
  paidTwice: field(
    Schema.Array(Schema.Struct({
      orderId: field(Schema.String, "The order that was paid although another one leads.", "ord_9ZK31C"),
      kept: field(Money, "What it keeps of the shopper's money: to be refunded.")
    })),
    "Orders that the shopper paid besides; empty but for a double payment."
  ),
  attempts: field(
    Schema.Array(OrderSummary),
    "All orders with this shop reference, newest first; the newest 200 of them."
  )
}).annotate({
  identifier: "ShopOrder",
  description: "The shop's order, and the payment orders that are attempts at it."
})

export class ShopOrders extends HttpApiGroup.make("shop-orders").add(
  HttpApiEndpoint.get("read", "/:merchant/:shopReference", {
    params: {
      merchant: field(text(100), "Name of the merchant account.", "shop"),
      shopReference: field(reference(200), "The shop's own number of the order.", "web-1001")
    },
    success: ShopOrder,
    error: problems("order-not-found", "store-unavailable")
  }).annotateMerge(operation(
    "Read a shop's order",
    "What the attempts at an order of the shop come to: one status, whether the goods may leave, and which order leads. " +
      "Docdata is not asked. Scope read."
  ))
).middleware(Authorization).prefix("/v1/shop-orders").annotateMerge(
  group("The shop's own orders, each with the payment orders that are attempts at it.")
) {}
