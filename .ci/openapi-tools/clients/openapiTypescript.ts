import createClient from "openapi-fetch"
import type { components, paths } from "../node_modules/.generated/schema.ts"
import type { Life, Surroundings } from "./Life.ts"

const order: components["schemas"]["OrderDescription"] = {
  buyer: {
    _tag: "Shopper",
    id: "c-1",
    name: { first: "Test", last: "Buyer" },
    email: "buyer@shop.example",
    language: "nl",
    gender: "undefined"
  },
  total: { minor: 4990, currency: "EUR" },
  billTo: { name: { first: "Test", last: "Buyer" }, address: { street: "Kade", city: "Zwolle", country: "NL" } }
}

const said = (event: components["schemas"]["Event"]): string =>
  event.type === "order.status_changed" ? `${event.data.from} -> ${event.data.to}` : event.type

export const live = async ({ baseUrl, day, key, pay }: Surroundings): Promise<Life> => {
  const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${key}` } })
  const created = await client.POST("/v1/orders", {
    params: { header: { "idempotency-key": "ts-1" } },
    body: { shopReference: "ts-1", order }
  })
  if (created.data === undefined) throw new Error(created.error.detail)
  const { id: orderId, orderKey = "" } = created.data
  const path = { orderId }
  await pay(orderKey)
  const paid = await client.POST("/v1/orders/{orderId}/refresh", { params: { path } })
  const paymentId = paid.data?.payments[0]?.id ?? ""
  const captured = await client.POST("/v1/orders/{orderId}/captures", {
    params: { path },
    body: { paymentId, captureReference: "capture-1" }
  })
  await day()
  await client.POST("/v1/orders/{orderId}/refresh", { params: { path } })
  const refunded = await client.POST("/v1/orders/{orderId}/refunds", {
    params: { path },
    body: { paymentId, refundReference: "refund-1", amount: { minor: 990, currency: "EUR" } }
  })
  await day()
  const read = await client.POST("/v1/orders/{orderId}/refresh", { params: { path } })
  const feed = await client.GET("/v1/events", { params: { query: { orderId } } })
  const none = await client.GET("/v1/orders/{orderId}", { params: { path: { orderId: "nobody" } } })
  return {
    created: created.data.status,
    captured: captured.data?.state ?? captured.error?.code ?? "",
    refunded: refunded.data?.state ?? refunded.error?.code ?? "",
    read: { status: read.data?.status ?? "", refundedMinor: read.data?.totals?.refunded.minor },
    events: feed.data?.events.map(said) ?? [],
    problem: none.error?.code
  }
}
