import { createClient } from "../node_modules/.generated/hey/client/index.ts"
import {
  capturesCreate,
  eventsList,
  ordersCreate,
  ordersRead,
  ordersRefresh,
  refundsCreate
} from "../node_modules/.generated/hey/sdk.gen.ts"
import type { Event, OrderDescription } from "../node_modules/.generated/hey/types.gen.ts"
import type { Life, Surroundings } from "./Life.ts"

const order: OrderDescription = {
  buyer: {
    _tag: "Company",
    id: "c-2",
    name: "Example BV",
    email: "buyer@shop.example",
    language: "nl"
  },
  total: { minor: 4990, currency: "EUR" },
  billTo: { name: { first: "Test", last: "Buyer" }, address: { street: "Kade", city: "Zwolle", country: "NL" } }
}

const said = (event: Event): string =>
  event.type === "order.status_changed" ? `${event.data.from} -> ${event.data.to}` : event.type

export const live = async ({ baseUrl, day, key, pay }: Surroundings): Promise<Life> => {
  const client = createClient({ baseUrl, auth: () => key })
  const created = await ordersCreate({
    client,
    headers: { "idempotency-key": "hey-1" },
    body: { shopReference: "hey-1", order }
  })
  if (created.data === undefined) throw new Error(created.error.detail)
  const { id: orderId, orderKey = "" } = created.data
  const path = { orderId }
  await pay(orderKey)
  const paid = await ordersRefresh({ client, path })
  const paymentId = paid.data?.payments[0]?.id ?? ""
  const captured = await capturesCreate({ client, path, body: { paymentId, captureReference: "capture-1" } })
  await day()
  await ordersRefresh({ client, path })
  const refunded = await refundsCreate({
    client,
    path,
    body: { paymentId, refundReference: "refund-1", amount: { minor: 990, currency: "EUR" } }
  })
  await day()
  const read = await ordersRefresh({ client, path })
  const feed = await eventsList({ client, query: { orderId } })
  const none = await ordersRead({ client, path: { orderId: "nobody" } })
  return {
    created: created.data.status,
    captured: captured.data?.state ?? captured.error?.code ?? "",
    refunded: refunded.data?.state ?? refunded.error?.code ?? "",
    read: { status: read.data?.status ?? "", refundedMinor: read.data?.totals?.refunded.minor },
    events: feed.data?.events.map(said) ?? [],
    problem: none.error?.code
  }
}
